/// A PostgreSQL server run as a child process, so that Carillon starts without any set-up and its
/// tests run without a container engine.
@NullMarked
package dev.carillon.persistence.embedded;

import org.jspecify.annotations.NullMarked;
