package dev.carillon.benchmarks.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalDouble;

/// Reads what the server has spent. It has a connection of its own.
public final class PostgresMeter implements AutoCloseable {
  private final Connection connection;
  private final ServerProcesses processes;

  private PostgresMeter(Connection connection, ServerProcesses processes) {
    this.connection = connection;
    this.processes = processes;
  }

  public static PostgresMeter of(Postgres postgres) throws SQLException {
    Connection connection = postgres.connect();
    return new PostgresMeter(connection, ServerProcesses.behind(connection));
  }

  /// The counters as they stand.
  public Reading read() throws SQLException {
    long wal = number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    return new Reading(System.nanoTime(), wal, processes.cpuSeconds(), ownCpuSeconds());
  }

  /// What was spent since a reading.
  public Spent since(Reading start) throws SQLException {
    Reading now = read();
    OptionalDouble cpu =
        now.cpuSeconds.isPresent() && start.cpuSeconds.isPresent()
            ? OptionalDouble.of(now.cpuSeconds.getAsDouble() - start.cpuSeconds.getAsDouble())
            : OptionalDouble.empty();
    return new Spent(
        (now.nanos - start.nanos) / 1e9,
        now.wal - start.wal,
        cpu,
        now.ownCpuSeconds - start.ownCpuSeconds);
  }

  /// The single number that a query answers.
  public long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// The single text that a query answers.
  public String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static double ownCpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /// The counters at one moment.
  public record Reading(long nanos, long wal, OptionalDouble cpuSeconds, double ownCpuSeconds) {}
}
