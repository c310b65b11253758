package dev.carillon.persistence;

import org.jooq.DSLContext;

/// Where statements go: to the connection of the running transaction, else to one of the pool.
interface Session {
  /// The way to run statements now.
  DSLContext sql();
}
