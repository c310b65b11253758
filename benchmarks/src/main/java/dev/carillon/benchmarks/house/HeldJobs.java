package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Keeps new jobs from being dispatched until they are let go, so that accepting and dispatching
/// are measured apart. Done with a trigger in the database, since the house has no such switch:
/// jobs are stored as paused ones, and letting go makes them pending.
public final class HeldJobs implements AutoCloseable {
  // codes of dev.carillon.domain.job.JobStatus
  private static final int PENDING = 3;
  private static final int PAUSED = 5;

  private final Postgres postgres;

  private HeldJobs(Postgres postgres) {
    this.postgres = postgres;
  }

  /// Holds every job that is stored from now on. To be called when the house's tables exist.
  public static HeldJobs on(Postgres postgres) throws SQLException {
    HeldJobs held = new HeldJobs(postgres);
    held.holdNoMore();
    held.execute(
        List.of(
            """
            CREATE FUNCTION carillon_bench_hold() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              NEW.status := %d;
              RETURN NEW;
            END $$
            """
                .formatted(PAUSED),
            """
            CREATE TRIGGER carillon_bench_hold BEFORE INSERT ON job
            FOR EACH ROW EXECUTE FUNCTION carillon_bench_hold()
            """));
    return held;
  }

  /// Makes all that are held ready, in one commit.
  public void letGo() throws SQLException {
    execute(List.of("UPDATE job SET status = %d WHERE status = %d".formatted(PENDING, PAUSED)));
  }

  /// Holds no further jobs; those that are held stay so until they are let go.
  public void holdNoMore() throws SQLException {
    execute(
        List.of(
            "DROP TRIGGER IF EXISTS carillon_bench_hold ON job",
            "DROP FUNCTION IF EXISTS carillon_bench_hold"));
  }

  @Override
  public void close() throws SQLException {
    holdNoMore();
  }

  private void execute(List<String> statements) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
