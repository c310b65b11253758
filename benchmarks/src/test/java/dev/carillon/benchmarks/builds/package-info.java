/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.builds;

import org.jspecify.annotations.NullMarked;
