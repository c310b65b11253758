/// Whether a carrier's rate limit holds over all nodes, read from what their carriers wrote down.
@NullMarked
package dev.carillon.benchmarks.rate;

import org.jspecify.annotations.NullMarked;
