/// What the house costs, measured: beside a bare JDBC program and beside a known queue, all on the
/// same PostgreSQL and, where they are compared, in one run.
@NullMarked
package dev.carillon.benchmarks;

import org.jspecify.annotations.NullMarked;
