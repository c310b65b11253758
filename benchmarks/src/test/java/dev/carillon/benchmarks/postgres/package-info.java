/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
