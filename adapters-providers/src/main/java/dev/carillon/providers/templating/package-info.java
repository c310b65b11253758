/// Fills templates by a Mustache library.
@NullMarked
package dev.carillon.providers.templating;

import org.jspecify.annotations.NullMarked;
