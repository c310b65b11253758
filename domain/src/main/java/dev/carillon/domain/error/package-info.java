/// Refusals to the caller, as values.
@NullMarked
package dev.carillon.domain.error;

import org.jspecify.annotations.NullMarked;
