/// The carriers of this house: which there are, which takes what, and their wiring.
@NullMarked
package dev.carillon.providers;

import org.jspecify.annotations.NullMarked;
