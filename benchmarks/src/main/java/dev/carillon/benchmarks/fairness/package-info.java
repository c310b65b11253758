/// Small jobs beside a big one of another business: who waits, and for how long.
@NullMarked
package dev.carillon.benchmarks.fairness;

import org.jspecify.annotations.NullMarked;
