package dev.carillon.benchmarks.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compares balances with their entries, and what is held with the jobs that hold it; each look is
/// one statement, so that it holds whatever is booked meanwhile. Changes nothing.
final class StoredBooks {
  // kinds of dev.carillon.domain.billing.EntryKind
  private static final String ENTRIES =
      """
      WITH told AS (
        SELECT business_id, environment,
          sum(CASE WHEN kind IN (1, 6) THEN amount WHEN kind IN (2, 3, 7, 9) THEN -amount ELSE 0 END)
            AS available,
          sum(CASE WHEN kind = 8 THEN amount WHEN kind = 9 THEN -amount ELSE 0 END) AS owed,
          sum(CASE WHEN kind IN (3, 5, 7, 8) THEN amount WHEN kind IN (4, 6) THEN -amount ELSE 0 END)
            AS held
        FROM ledger_entry GROUP BY business_id, environment)
      """;

  private static final Map<String, String> LOOKS =
      Map.of(
          "a balance is not what its entries say",
          ENTRIES
              + """
              SELECT count(*) FROM account a FULL JOIN told USING (business_id, environment)
              WHERE a.available IS DISTINCT FROM told.available OR a.owed IS DISTINCT FROM told.owed
              """,
          "what a business holds is not what its jobs hold",
          ENTRIES
              + """
              SELECT count(*) FROM told JOIN (
                SELECT j.business_id, j.environment,
                  sum(j.held - coalesce(c.captured, 0) - coalesce(c.refunded, 0)) AS held
                FROM job j LEFT JOIN (
                  SELECT job_id, sum(captured) AS captured, sum(refunded) AS refunded
                  FROM chunk GROUP BY job_id) AS c ON c.job_id = j.id
                GROUP BY 1, 2) AS jobs USING (business_id, environment)
              WHERE told.held <> jobs.held
              """,
          "a settled job holds money",
          """
          SELECT count(*) FROM job j WHERE j.settled_at IS NOT NULL AND j.held <> (
            SELECT coalesce(sum(c.captured + c.refunded), 0) FROM chunk c WHERE c.job_id = j.id)
          """,
          "nothing was ever booked",
          "SELECT (NOT EXISTS (SELECT FROM ledger_entry WHERE kind = 4))::int");

  private final Connection connection;

  StoredBooks(Connection connection) {
    this.connection = connection;
  }

  /// Everything that is wrong with them, in words.
  List<String> broken() throws SQLException {
    List<String> broken = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> look : LOOKS.entrySet()) {
        try (ResultSet row = statement.executeQuery(look.getValue())) {
          row.next();
          if (row.getLong(1) > 0) {
            broken.add(look.getKey());
          }
        }
      }
    } finally {
      connection.rollback();
    }
    return broken;
  }
}
