/// The bare program: the house's storage design with nothing around it. It is the limit that the
/// house is held against.
@NullMarked
package dev.carillon.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
