/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.node;

import org.jspecify.annotations.NullMarked;
