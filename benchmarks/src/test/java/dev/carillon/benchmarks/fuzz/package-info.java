/// Fuzzing of what reads the texts of strangers, by Jazzer.
@NullMarked
package dev.carillon.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
