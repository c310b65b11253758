package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.benchmarks.watching.ChangeLog.Change;
import dev.carillon.v1.CreateBulkJobRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Jobs that move a little many times a second, and readers of all of them at the first of some
/// nodes.
public final class WatchRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SETTLED = Duration.ofSeconds(2);
  private static final int OPENED_AT_ONCE = 100;
  private static final String TRANSACTIONS =
      """
      SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
      """;

  private final Postgres postgres;
  private final Nodes nodes;
  private final String apiKey;
  private final Plan plan;

  public WatchRun(Postgres postgres, Nodes nodes, String apiKey, Plan plan) {
    this.postgres = postgres;
    this.nodes = nodes;
    this.apiKey = apiKey;
    this.plan = plan;
  }

  /// Watches from before the first hand-over to the end of every job.
  ///
  /// @param interruption what happens in the middle; with nothing, the streams are never broken
  public Watched run(int watchers, Break interruption)
      throws IOException, SQLException, InterruptedException, TimeoutException {
    try (WatchClients clients = new WatchClients(nodes.port(0), apiKey, plan.connections());
        PostgresMeter meter = PostgresMeter.of(postgres);
        HeldJobs held = HeldJobs.on(postgres);
        ChangeLog log = ChangeLog.on(postgres)) {
      List<String> bulkIds = submit();
      Opened opened = open(clients, bulkIds, watchers);
      Watchers all = opened.all;
      Duration nodeBefore = nodes.process(0).cpu();
      Reading reading = meter.read();
      long transactions = transactions(meter);
      held.letGo();
      String interrupted = interruption.during(all);
      all.awaitEnd(PATIENCE);
      Spent spent = meter.since(reading);
      double node = Math.max(0, nodes.process(0).cpu().minus(nodeBefore).toMillis() / 1e3);
      double transactionRate = (transactions(meter) - transactions) / spent.seconds();
      Map<String, List<Change>> changes = log.of(bulkIds);
      return new Watched(
          watchers,
          opened.millis,
          opened.heapWithout,
          opened.heapWith,
          changes.values().stream().mapToLong(List::size).sum(),
          all.ages(changes),
          all.events(),
          all.ends(),
          all.repeated(),
          transactionRate,
          spent,
          node,
          interrupted);
    }
  }

  private Opened open(WatchClients clients, List<String> bulkIds, int watchers)
      throws IOException, InterruptedException, TimeoutException {
    try (ServerHeap heap = ServerHeap.of(nodes.process(0).pid())) {
      long without = heap.afterCollection();
      long start = System.nanoTime();
      Watchers all = Watchers.open(clients, bulkIds, watchers, OPENED_AT_ONCE, PATIENCE);
      double millis = (System.nanoTime() - start) / 1e6;
      return new Opened(all, millis, without, heap.afterCollection());
    }
  }

  private List<String> submit() {
    CreateBulkJobRequest request =
        Submissions.ONE_TEXT.of(plan.messages()).toBuilder()
            .setRatePerSecond(plan.changes())
            .build();
    List<String> bulkIds = new ArrayList<>();
    try (HouseClient client = nodes.client(0, apiKey)) {
      for (int n = 0; n < plan.jobs(); n++) {
        bulkIds.add(client.create(request).getBulkId());
      }
    }
    return bulkIds;
  }

  /// PostgreSQL's sessions report what they did about once a second.
  private static long transactions(PostgresMeter meter) throws SQLException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
    return meter.number(TRANSACTIONS);
  }

  /// Open streams, and what they cost.
  private record Opened(Watchers all, double millis, long heapWithout, long heapWith) {}

  /// What is to be watched.
  ///
  /// @param changes messages of each job that are handed over in a second
  /// @param connections over which the streams of one run are read
  public record Plan(int jobs, int changes, int seconds, int connections) {
    int messages() {
      return changes * seconds;
    }
  }

  /// Something that breaks the streams.
  @FunctionalInterface
  public interface Break {
    /// Nothing.
    Break NONE = _ -> "";

    /// Breaks them, has the watchers go on, and tells what it saw.
    String during(Watchers all)
        throws IOException, SQLException, InterruptedException, TimeoutException;
  }
}
