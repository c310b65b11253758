package dev.carillon.benchmarks.node;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.domain.delivery.OutcomeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/// What the house's own attempt rows say of some jobs.
///
/// @param messages with an attempt that a carrier accepted
/// @param doubled accepted attempts beyond the first of a message
/// @param all rows, accepted or not
public record Attempts(long messages, long doubled, long all) {
  /// Counts the rows of these jobs.
  public static Attempts of(Postgres postgres, Collection<String> bulkIds) throws SQLException {
    String sql =
        """
        SELECT
          count(*) FILTER (WHERE accepted > 0),
          coalesce(sum(accepted - 1) FILTER (WHERE accepted > 0), 0)::bigint,
          coalesce(sum(rows), 0)::bigint
        FROM (
          SELECT count(*) FILTER (WHERE a.outcome = ?) AS accepted, count(*) AS rows
          FROM attempt a
          WHERE a.job_id IN (SELECT id FROM job WHERE bulk_id = ANY (?))
          GROUP BY a.job_id, a.position
        ) of_message
        """;
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, OutcomeKind.ACCEPTED.code());
      UUID[] ids = bulkIds.stream().map(UUID::fromString).toArray(UUID[]::new);
      statement.setArray(2, connection.createArrayOf("uuid", ids));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Attempts(row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }
}
