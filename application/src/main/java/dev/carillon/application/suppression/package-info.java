/// Who must not be written to: what callers put on their lists and take off them, and what carriers
/// tell of those who want no more.
@NullMarked
package dev.carillon.application.suppression;

import org.jspecify.annotations.NullMarked;
