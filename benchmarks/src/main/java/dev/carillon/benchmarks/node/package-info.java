/// Nodes of the service as processes of their own, and what they leave behind to be counted.
@NullMarked
package dev.carillon.benchmarks.node;

import org.jspecify.annotations.NullMarked;
