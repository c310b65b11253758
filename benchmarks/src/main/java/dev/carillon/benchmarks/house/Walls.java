package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The row-level security of the house's tables, which is taken away and put back around a running
/// service to see what it costs.
public record Walls(Postgres postgres) {
  /// Switches it on or off for every table that has policies; returns for how many.
  public int set(boolean standing) throws SQLException {
    String change = standing ? " ENABLE ROW LEVEL SECURITY" : " DISABLE ROW LEVEL SECURITY";
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = tables(statement);
      for (String table : tables) {
        statement.execute("ALTER TABLE " + table + change);
      }
      return tables.size();
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT DISTINCT polrelid::regclass::text FROM pg_policy")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
