/// The commands that a person types.
@NullMarked
package dev.carillon.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
