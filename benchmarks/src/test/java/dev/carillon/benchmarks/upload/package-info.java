/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.upload;

import org.jspecify.annotations.NullMarked;
