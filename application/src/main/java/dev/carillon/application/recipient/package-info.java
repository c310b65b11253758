/// The stored contacts of a business: creating, reading, changing, deleting and importing them.
@NullMarked
package dev.carillon.application.recipient;

import org.jspecify.annotations.NullMarked;
