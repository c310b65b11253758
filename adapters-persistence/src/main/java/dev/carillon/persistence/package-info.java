/// Keeps everything in PostgreSQL, by jOOQ, and by COPY through the driver where jOOQ has no way.
@NullMarked
package dev.carillon.persistence;

import org.jspecify.annotations.NullMarked;
