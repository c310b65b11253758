/// The crash test: real nodes over one PostgreSQL, killed again and again while jobs run, and an
/// audit of everything after each round.
@NullMarked
package dev.carillon.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
