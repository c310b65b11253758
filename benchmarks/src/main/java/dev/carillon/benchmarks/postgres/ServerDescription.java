package dev.carillon.benchmarks.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/// What has to be known of a server to judge figures that were measured on it.
public final class ServerDescription {
  private static final int COMMITS = 300;
  private static final double NANOS_PER_MICRO = 1_000.0;

  private ServerDescription() {}

  /// Version, durability and the time of a small commit, on one line.
  public static String of(Postgres postgres) throws SQLException {
    try (PostgresMeter meter = PostgresMeter.of(postgres)) {
      return String.format(
          Locale.ROOT,
          "PostgreSQL %s, fsync %s, synchronous_commit %s, shared_buffers %s, max_wal_size %s,"
              + " a commit of one row %.0f us; %d cores, Java %s",
          meter.text("SHOW server_version"),
          meter.text("SHOW fsync"),
          meter.text("SHOW synchronous_commit"),
          meter.text("SHOW shared_buffers"),
          meter.text("SHOW max_wal_size"),
          commitMicros(postgres),
          Runtime.getRuntime().availableProcessors(),
          Runtime.version());
    }
  }

  private static double commitMicros(Postgres postgres) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE carillon_bench_commit (n int)");
      long start = System.nanoTime();
      for (int n = 0; n < COMMITS; n++) {
        statement.execute("INSERT INTO carillon_bench_commit VALUES (1)");
      }
      double micros = (System.nanoTime() - start) / NANOS_PER_MICRO / COMMITS;
      statement.execute("DROP TABLE carillon_bench_commit");
      return micros;
    }
  }
}
