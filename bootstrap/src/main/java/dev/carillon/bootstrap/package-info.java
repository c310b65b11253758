/// Puts the house together: configuration, wiring, ordered start and drained stop. Knows every
/// other module; no other module knows it.
@NullMarked
package dev.carillon.bootstrap;

import org.jspecify.annotations.NullMarked;
