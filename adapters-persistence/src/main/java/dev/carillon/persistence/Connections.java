package dev.carillon.persistence;

import java.sql.Connection;
import java.sql.SQLException;

/// Gives out connections, each to be closed by who took it.
interface Connections {
  /// A connection that commits every statement by itself.
  Connection take() throws SQLException;
}
