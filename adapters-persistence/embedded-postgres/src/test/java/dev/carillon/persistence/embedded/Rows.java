package dev.carillon.persistence.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One table of a server, to see what becomes of its rows.
record Rows(EmbeddedPostgres postgres) {
  static Rows in(EmbeddedPostgres postgres) {
    return new Rows(postgres);
  }

  void add() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists row_kept (n int)");
      statement.execute("insert into row_kept values (1)");
    }
  }

  int count() throws SQLException {
    return Integer.parseInt(ask("select count(*) from row_kept"));
  }

  String ask(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
  }
}
