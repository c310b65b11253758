/// Tests of the use cases about templates.
@NullMarked
package dev.carillon.application.template;

import org.jspecify.annotations.NullMarked;
