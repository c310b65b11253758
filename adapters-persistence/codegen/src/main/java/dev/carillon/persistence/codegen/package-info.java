/// The build's own step from migrations to jOOQ classes; no part of the running service.
@NullMarked
package dev.carillon.persistence.codegen;

import org.jspecify.annotations.NullMarked;
