/// Many readers of the streams of jobs that move: how soon they know, and what they cost.
@NullMarked
package dev.carillon.benchmarks.watching;

import org.jspecify.annotations.NullMarked;
