/// Known queues that do the same work on the same PostgreSQL.
@NullMarked
package dev.carillon.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
