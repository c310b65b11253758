@NullMarked
package dev.carillon.providers;

import org.jspecify.annotations.NullMarked;
