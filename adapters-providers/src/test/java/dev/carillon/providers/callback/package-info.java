@NullMarked
package dev.carillon.providers.callback;

import org.jspecify.annotations.NullMarked;
