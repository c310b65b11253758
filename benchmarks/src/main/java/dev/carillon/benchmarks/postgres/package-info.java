/// The PostgreSQL that is measured on, and the meters that are read from it.
@NullMarked
package dev.carillon.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
