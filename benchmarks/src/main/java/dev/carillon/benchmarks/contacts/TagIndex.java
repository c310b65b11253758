package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.postgres.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The index by which recipients are found by their tags, as PostgreSQL tells of it.
public record TagIndex(Postgres postgres) {
  private static final String NAME = "recipient_tags";
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /// Has PostgreSQL know how many rows there are and what they look like, as it does by itself
  /// after a while.
  public void analyze() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM (ANALYZE) recipient");
    }
  }

  /// Whether it is read more often than it was; PostgreSQL tells of it some seconds late.
  ///
  /// @param before what [#scans] said
  public boolean isRead(long before) throws SQLException, InterruptedException {
    long end = System.nanoTime() + TOLD_WITHIN.toNanos();
    while (scans() <= before) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return true;
  }

  /// How often it was read so far, by anybody.
  public long scans() throws SQLException {
    try (Connection connection = postgres.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_indexes"
                    + " WHERE indexrelname = ?")) {
      statement.setString(1, NAME);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /// How PostgreSQL finds a page of the recipients with a tag, line by line.
  ///
  /// @param person the reference of one of the business's recipients, by which it is told
  public List<String> explain(String tag, String person) throws SQLException {
    String sql =
        """
        EXPLAIN (ANALYZE, BUFFERS)
        SELECT r.* FROM recipient r
        WHERE r.business_id = ? AND r.environment = 'TEST'
          AND scoped_tags(r.business_id, r.environment, r.tags) @> scoped_tags(?, 'TEST', ARRAY[?])
        ORDER BY r.id LIMIT 51
        """;
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      long business = business(connection, person);
      statement.setLong(1, business);
      statement.setLong(2, business);
      statement.setString(3, tag);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> plan = new ArrayList<>();
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
        return plan;
      }
    }
  }

  private static long business(Connection connection, String person) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT max(business_id) FROM recipient WHERE reference = ?")) {
      statement.setString(1, person);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
