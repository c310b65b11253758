@NullMarked
package dev.carillon.providers.numbering;

import org.jspecify.annotations.NullMarked;
