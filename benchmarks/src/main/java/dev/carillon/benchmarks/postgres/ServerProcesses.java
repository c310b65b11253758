package dev.carillon.benchmarks.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The processes of a PostgreSQL server on this machine, as Linux counts their time.
final class ServerProcesses {
  private static final Path PROC = Path.of("/proc");

  // proc_pid_stat(5): fields after the command's closing bracket, counted from 0
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  // USER_HZ, which is 100 on every architecture that Linux still counts ticks on
  private static final double TICKS_PER_SECOND = 100;

  private final long postmaster;

  private ServerProcesses(long postmaster) {
    this.postmaster = postmaster;
  }

  /// Those of the server behind the connection; nobody's when it runs elsewhere.
  static ServerProcesses behind(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      long backend = row.getLong(1);
      return new ServerProcesses(isPostgres(backend) ? field(backend, PARENT) : 0);
    }
  }

  /// CPU seconds that the server has used since it started, those of ended backends included; empty
  /// when it runs elsewhere.
  OptionalDouble cpuSeconds() {
    if (postmaster == 0) {
      return OptionalDouble.empty();
    }
    long ticks = 0;
    for (int part : new int[] {USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM}) {
      ticks += field(postmaster, part);
    }
    for (long child : children()) {
      ticks += field(child, USER) + field(child, SYSTEM);
    }
    return OptionalDouble.of(ticks / TICKS_PER_SECOND);
  }

  private List<Long> children() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .filter(pid -> field(pid, PARENT) == postmaster)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isPostgres(long pid) {
    try {
      return Files.readString(PROC.resolve(pid + "/comm")).startsWith("postgres");
    } catch (IOException e) {
      return false;
    }
  }

  private static long field(long pid, int index) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[index]);
    } catch (IOException e) {
      return 0; // ended meanwhile
    }
  }
}
