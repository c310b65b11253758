/// Tests of the templates.
@NullMarked
package dev.carillon.providers.templating;

import org.jspecify.annotations.NullMarked;
