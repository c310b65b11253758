package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.postgres.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes down, in the database, each time that more messages of a job are done with: the clock's
/// time inside the transaction that stores it, so before its commit. Done with a trigger, since the
/// house keeps no such log.
public final class ChangeLog implements AutoCloseable {
  private static final String DONE =
      "(%1$s.sent + %1$s.delivered + %1$s.read + %1$s.undelivered + %1$s.failed + %1$s.expired"
          + " + %1$s.cancelled + %1$s.unknown)";

  private final Postgres postgres;

  private ChangeLog(Postgres postgres) {
    this.postgres = postgres;
  }

  /// Begins. To be called when the house's tables exist.
  public static ChangeLog on(Postgres postgres) throws SQLException {
    ChangeLog log = new ChangeLog(postgres);
    log.close();
    log.execute(
        "CREATE TABLE carillon_bench_change (job_id bigint, done int, micros bigint)",
        // The engine's own role may write to the house's tables only.
        """
        CREATE FUNCTION carillon_bench_change() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO public.carillon_bench_change
          VALUES (NEW.job_id, %s, extract(epoch FROM clock_timestamp()) * 1000000);
          RETURN NULL;
        END $$
        """
            .formatted(DONE.formatted("NEW")),
        """
        CREATE TRIGGER carillon_bench_change AFTER UPDATE ON chunk FOR EACH ROW
        WHEN (%s <> %s) EXECUTE FUNCTION carillon_bench_change()
        """
            .formatted(DONE.formatted("OLD"), DONE.formatted("NEW")));
    return log;
  }

  /// The changes of these jobs of one chunk each, by their ids, each job's in their order.
  public Map<String, List<Change>> of(List<String> bulkIds) throws SQLException {
    Map<String, List<Change>> changes = new HashMap<>();
    bulkIds.forEach(id -> changes.put(id, new ArrayList<>()));
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT j.bulk_id, c.done, c.micros
                FROM carillon_bench_change c JOIN job j ON j.id = c.job_id ORDER BY c.done
                """)) {
      while (row.next()) {
        List<Change> own = changes.get(row.getString(1));
        if (own != null) {
          own.add(new Change(row.getInt(2), row.getLong(3)));
        }
      }
    }
    return changes;
  }

  @Override
  public void close() throws SQLException {
    execute(
        "DROP TRIGGER IF EXISTS carillon_bench_change ON chunk",
        "DROP FUNCTION IF EXISTS carillon_bench_change",
        "DROP TABLE IF EXISTS carillon_bench_change");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// A change.
  ///
  /// @param done messages of the job that are done with since then
  /// @param micros since the epoch
  public record Change(int done, long micros) {}
}
