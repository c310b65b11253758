package dev.carillon.benchmarks.scaling;

import dev.carillon.benchmarks.house.Backlog;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.house.Times;
import dev.carillon.benchmarks.node.Attempts;
import dev.carillon.benchmarks.node.HandOverLog;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.node.Takings;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Has nodes that share a PostgreSQL finish jobs which lay there before any of them was worked, and
/// counts what their carriers took.
public final class ScalingRun {
  private static final double MICROS = 1e6;

  private final Postgres postgres;
  private final Nodes nodes;
  private final String apiKey;

  public ScalingRun(Postgres postgres, Nodes nodes, String apiKey) {
    this.postgres = postgres;
    this.nodes = nodes;
    this.apiKey = apiKey;
  }

  /// Lets the nodes work until their JIT compilers rest, so that none is measured cold: rounds of
  /// jobs, until the compilers' share of the CPU of a round's dispatch is small.
  ///
  /// @param share of a round's CPU that is small enough
  /// @param most rounds
  public WarmUp warmUp(int jobs, int jobSize, double share, int most)
      throws IOException, SQLException {
    double compiled = 1;
    int rounds = 0;
    while (compiled > share && rounds < most) {
      Work work = finish(jobs, jobSize);
      compiled = work.compilerSeconds / work.cpuSeconds;
      rounds++;
    }
    return new WarmUp(rounds, compiled);
  }

  /// Finishes so many jobs; the rate is that from the first hand-over to the end of the last job.
  public Finished run(int jobs, int jobSize) throws IOException, SQLException {
    List<Long> before = takenByEach();
    Work work = finish(jobs, jobSize);
    List<Long> shares = new ArrayList<>(takenByEach());
    for (int n = 0; n < before.size(); n++) {
      shares.set(n, shares.get(n) - before.get(n));
    }
    return new Finished(
        work.backlog.messages(),
        work.backlog.messages() / Times.dispatchSeconds(work.ended),
        work.cpuSeconds * MICROS / work.backlog.messages(),
        work.compilerSeconds / work.cpuSeconds,
        shares,
        shares.stream().mapToLong(Long::longValue).sum() - work.backlog.messages(),
        Takings.of(nodes.logs()).doubled(),
        Attempts.of(postgres, work.backlog.bulkIds()));
  }

  private Work finish(int jobs, int jobSize) throws IOException, SQLException {
    CreateBulkJobRequest request = Submissions.ONE_TEXT.of(jobSize);
    try (HouseClient client = nodes.client(0, apiKey);
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs held = HeldJobs.on(postgres)) {
      Backlog backlog = new Backlog(client, request);
      backlog.add(jobs);
      postgres.checkpoint();
      double compilersBefore = nodes.compilerSeconds();
      double nodesBefore = nodes.cpuSeconds();
      Reading start = meter.read();
      held.letGo();
      List<BulkJob> ended = backlog.awaitEnd();
      double server = meter.since(start).cpuSeconds().orElse(0);
      return new Work(
          backlog,
          ended,
          server + nodes.cpuSeconds() - nodesBefore,
          nodes.compilerSeconds() - compilersBefore);
    }
  }

  private List<Long> takenByEach() throws IOException {
    List<Long> taken = new ArrayList<>();
    for (HandOverLog log : nodes.logs()) {
      Takings takings = Takings.of(List.of(log));
      taken.add(takings.messages() + takings.doubled());
    }
    return taken;
  }

  private record Work(
      Backlog backlog, List<BulkJob> ended, double cpuSeconds, double compilerSeconds) {}

  /// What came of warming up.
  ///
  /// @param compiled the share of the last round's CPU that the nodes' JIT compilers had
  public record WarmUp(int rounds, double compiled) {}

  /// What came of it.
  ///
  /// @param messages that were to be sent
  /// @param rate messages a second
  /// @param cpuMicros of a message, all nodes' and PostgreSQL's where it runs on this machine
  /// @param compiled the share of it that the nodes' JIT compilers had
  /// @param shares takings by each node's carrier
  /// @param surplus takings of all carriers beyond the messages, below 0 when some are missing
  /// @param doubled takings of a message after its first, over all logs, warm-up included
  /// @param attempts what the attempt rows say
  public record Finished(
      long messages,
      double rate,
      double cpuMicros,
      double compiled,
      List<Long> shares,
      long surplus,
      long doubled,
      Attempts attempts) {
    /// Whether logs and attempt rows agree that every message was taken exactly once.
    public boolean isExact() {
      return surplus == 0
          && doubled == 0
          && attempts.messages() == messages
          && attempts.doubled() == 0
          && attempts.all() == messages;
    }
  }
}
