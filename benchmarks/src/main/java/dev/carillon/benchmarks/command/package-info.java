/// The benchmarks as commands: each prints what it measured and how.
@NullMarked
package dev.carillon.benchmarks.command;

import org.jspecify.annotations.NullMarked;
