package dev.carillon.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// A statement whose text is rendered once and then kept: for those few that run for every window
/// of every chunk, where rendering took more time than running them.
final class KeptStatement {
  /// To render with.
  static final DSLContext RENDERING =
      DSL.using(SQLDialect.POSTGRES, new Settings().withRenderSchema(false));

  private final String text;

  /// @param query its values are only placeholders; they are bound in the order of the text
  KeptStatement(Query query) {
    this.text = RENDERING.render(query);
  }

  /// @param text with a question mark for each value
  KeptStatement(String text) {
    this.text = text;
  }

  /// Reads its rows.
  <T> List<T> read(DSLContext sql, Binder binder, Reader<T> reader) {
    return sql.connectionResult(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        binder.bind(statement, connection);
        try (ResultSet rows = statement.executeQuery()) {
          List<T> read = new ArrayList<>();
          while (rows.next()) {
            read.add(reader.read(rows));
          }
          return read;
        }
      }
    });
  }

  /// Runs it for each of the values in one batch.
  <V> void batch(DSLContext sql, Iterable<V> values, ValueBinder<V> binder) {
    sql.connection(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        for (V value : values) {
          binder.bind(statement, connection, value);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    });
  }

  static void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setObject(index, time.atOffset(ZoneOffset.UTC));
  }

  /// Binds the values of the one run.
  interface Binder {
    void bind(PreparedStatement statement, Connection connection) throws SQLException;
  }

  /// Binds the values of one run of several.
  interface ValueBinder<V> {
    void bind(PreparedStatement statement, Connection connection, V value) throws SQLException;
  }

  /// Reads a row.
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
