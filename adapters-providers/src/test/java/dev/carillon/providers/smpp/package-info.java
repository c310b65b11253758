@NullMarked
package dev.carillon.providers.smpp;

import org.jspecify.annotations.NullMarked;
