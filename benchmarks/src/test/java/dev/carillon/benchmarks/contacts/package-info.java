/// Keeps what the benchmarks compute right.
@NullMarked
package dev.carillon.benchmarks.contacts;

import org.jspecify.annotations.NullMarked;
