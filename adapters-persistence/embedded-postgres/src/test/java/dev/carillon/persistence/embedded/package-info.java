@NullMarked
package dev.carillon.persistence.embedded;

import org.jspecify.annotations.NullMarked;
