/// Keeping templates, and looking at what they come to.
@NullMarked
package dev.carillon.application.template;

import org.jspecify.annotations.NullMarked;
