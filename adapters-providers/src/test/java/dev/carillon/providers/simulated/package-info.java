@NullMarked
package dev.carillon.providers.simulated;

import org.jspecify.annotations.NullMarked;
