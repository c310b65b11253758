/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.rate;

import org.jspecify.annotations.NullMarked;
