/// Two builds of the house beside each other: what a change did to its rate.
@NullMarked
package dev.carillon.benchmarks.builds;

import org.jspecify.annotations.NullMarked;
