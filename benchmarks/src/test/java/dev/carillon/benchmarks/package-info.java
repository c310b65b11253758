/// Keeps the benchmarks honest and running.
@NullMarked
package dev.carillon.benchmarks;

import org.jspecify.annotations.NullMarked;
