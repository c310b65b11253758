/// Runs of several programs on one PostgreSQL in turn, and what their figures say together.
@NullMarked
package dev.carillon.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
