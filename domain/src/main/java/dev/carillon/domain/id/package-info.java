/// How callers name things.
@NullMarked
package dev.carillon.domain.id;

import org.jspecify.annotations.NullMarked;
