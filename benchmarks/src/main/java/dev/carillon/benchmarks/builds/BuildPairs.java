package dev.carillon.benchmarks.builds;

import dev.carillon.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Runs two builds in turn on the same server, each run on a new database, the order turned around
/// from pair to pair.
public final class BuildPairs {
  private static final String DATABASE = "carillon_bench_build";

  private final Postgres postgres;
  private final Build before;
  private final Build after;
  private final List<String> options;
  private final List<Pair> pairs = new ArrayList<>();

  /// @param options of `endtoend`, which have it print one case
  public BuildPairs(Postgres postgres, Build before, Build after, List<String> options) {
    this.postgres = postgres;
    this.before = before;
    this.after = after;
    this.options = List.copyOf(options);
  }

  /// Runs the next pair.
  public Pair next() throws SQLException, IOException, InterruptedException {
    boolean turned = pairs.size() % 2 == 1;
    EndToEndFigures first = run(turned ? after : before);
    EndToEndFigures second = run(turned ? before : after);
    Pair pair = turned ? new Pair(second, first) : new Pair(first, second);
    pairs.add(pair);
    return pair;
  }

  /// All pairs so far.
  public List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  private EndToEndFigures run(Build build) throws SQLException, IOException, InterruptedException {
    execute("DROP DATABASE IF EXISTS " + DATABASE);
    execute("CREATE DATABASE " + DATABASE);
    try {
      postgres.checkpoint();
      return build.run(postgres.access().database(DATABASE), options);
    } finally {
      execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Two runs, one right after the other.
  public record Pair(EndToEndFigures before, EndToEndFigures after) {
    /// Dispatch rate after, as a share of that before.
    public double dispatchRatio() {
      return after.dispatched() / before.dispatched();
    }

    /// CPU of a dispatched message after, as a share of that before; empty when PostgreSQL ran
    /// elsewhere.
    public OptionalDouble cpuRatio() {
      return before.cpuMicros().isPresent() && after.cpuMicros().isPresent()
          ? OptionalDouble.of(after.cpuMicros().getAsDouble() / before.cpuMicros().getAsDouble())
          : OptionalDouble.empty();
    }

    /// Accept rate after, as a share of that before.
    public double acceptRatio() {
      return after.accepted() / before.accepted();
    }
  }
}
