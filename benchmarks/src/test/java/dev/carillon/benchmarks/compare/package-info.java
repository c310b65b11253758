/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
