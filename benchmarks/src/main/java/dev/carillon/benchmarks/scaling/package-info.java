/// The same work finished by one node and by several.
@NullMarked
package dev.carillon.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
