@NullMarked
package dev.carillon.persistence;

import org.jspecify.annotations.NullMarked;
