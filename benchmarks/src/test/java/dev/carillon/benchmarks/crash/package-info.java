/// Tests of the crash test's own judgement.
@NullMarked
package dev.carillon.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
