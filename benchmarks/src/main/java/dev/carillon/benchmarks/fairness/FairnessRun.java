package dev.carillon.benchmarks.fairness;

import dev.carillon.benchmarks.fairness.SteadySubmissions.Submitted;
import dev.carillon.benchmarks.house.Backlog;
import dev.carillon.benchmarks.house.HeldJobs;
import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.benchmarks.house.Times;
import dev.carillon.benchmarks.node.Businesses;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// One business's big job alone, then the same beside small jobs of two others.
public final class FairnessRun implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// Below this share of the big jobs another is submitted, so that the big business always sends.
  private static final int REFILL_BELOW = 4;

  private final Postgres postgres;
  private final PostgresMeter meter;
  private final Nodes nodes;
  private final FairnessLoad load;
  private final HouseClient big;
  private final HouseClient urgent;
  private final HouseClient normal;

  public FairnessRun(Postgres postgres, Nodes nodes, FairnessLoad load) throws SQLException {
    this.postgres = postgres;
    this.nodes = nodes;
    this.load = load;
    Businesses businesses = new Businesses(postgres);
    this.big = nodes.client(0, businesses.add("Big"));
    this.urgent = nodes.client(0, businesses.add("Urgent"));
    this.normal = nodes.client(0, businesses.add("Normal"));
    this.meter = PostgresMeter.of(postgres);
  }

  /// Lets every part of the service run a while, so that none is measured cold.
  public void warmUp() throws Exception {
    Backlog backlog = new Backlog(big, load.big());
    backlog.add(2);
    new SteadySubmissions(urgent, load.urgent(), load.urgentEvery()).submit(10);
    new SteadySubmissions(normal, load.normal(), load.urgentEvery()).submit(10);
    backlog.awaitEnd();
  }

  /// The big job's rate with nothing beside it, in messages a second.
  public double alone() throws SQLException {
    Backlog backlog = letGo();
    return backlog.messages() / Times.dispatchSeconds(backlog.awaitEnd());
  }

  /// The same with the others beside it.
  public Beside beside() throws Exception {
    Backlog backlog = letGo();
    Instant from = Instant.now();
    Small small = submitSmall(backlog);
    Instant to = Instant.now();
    List<BulkJob> normals = ended(normal, small.normals);
    ended(urgent, small.urgents);
    backlog.awaitEnd();
    return measured(small, normals, backlog, from, to);
  }

  private Backlog letGo() throws SQLException {
    Backlog backlog = new Backlog(big, load.big());
    try (HeldJobs held = HeldJobs.on(postgres)) {
      backlog.add(load.bigJobs());
      postgres.checkpoint();
      held.holdNoMore();
      held.letGo();
    }
    return backlog;
  }

  private Small submitSmall(Backlog backlog)
      throws InterruptedException, ExecutionException, SQLException {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Submitted>> urgents =
          senders.submit(() ->
              new SteadySubmissions(urgent, load.urgent(), load.urgentEvery())
                  .submit(load.urgentJobs()));
      Future<List<Submitted>> normals =
          senders.submit(() ->
              new SteadySubmissions(normal, load.normal(), load.normalEvery())
                  .submit(load.normalJobs()));
      while (!urgents.isDone() || !normals.isDone()) {
        keepFull(backlog);
        Thread.sleep(LOOK_AGAIN);
      }
      return new Small(urgents.get(), normals.get());
    }
  }

  private void keepFull(Backlog backlog) throws SQLException {
    long open =
        meter.number(
            "SELECT count(*) FROM job WHERE ended_at IS NULL AND bulk_id IN ('%s')"
                .formatted(String.join("','", backlog.bulkIds())));
    if (open < Math.max(2, load.bigJobs() / REFILL_BELOW)) {
      backlog.add(1);
    }
  }

  private static List<BulkJob> ended(HouseClient client, List<Submitted> submitted) {
    List<BulkJob> jobs = new ArrayList<>();
    for (Submitted each : submitted) {
      BulkJob job = client.watch(each.bulkId(), _ -> {});
      if (job.getStatus() != BulkJobStatus.BULK_JOB_STATUS_COMPLETED) {
        throw new IllegalStateException("job %s ended %s".formatted(each, job.getStatus()));
      }
      jobs.add(job);
    }
    return jobs;
  }

  private Beside measured(
      Small small, List<BulkJob> normals, Backlog backlog, Instant from, Instant to)
      throws IOException, SQLException {
    HandOverTimes times = HandOverTimes.read(postgres, nodes.logs());
    List<Double> toEnd = new ArrayList<>();
    for (int n = 0; n < normals.size(); n++) {
      Instant end = Times.instant(normals.get(n).getEndTime());
      toEnd.add(Times.millisBetween(small.normals.get(n).call(), end));
    }
    double seconds = Times.millisBetween(from, to) / 1_000;
    return new Beside(
        millis(small.urgents, Submitted::answer),
        millis(small.urgents, each -> times.first(each.bulkId())),
        millis(small.normals, each -> times.first(each.bulkId())),
        Latencies.of(toEnd),
        times.count(backlog.bulkIds(), from, to) / seconds,
        backlog.messages());
  }

  private static Latencies millis(List<Submitted> submitted, Function<Submitted, Instant> until) {
    return Latencies.of(
        submitted.stream()
            .map(each -> Times.millisBetween(each.call(), until.apply(each)))
            .toList());
  }

  @Override
  public void close() throws SQLException {
    big.close();
    urgent.close();
    normal.close();
    meter.close();
  }

  private record Small(List<Submitted> urgents, List<Submitted> normals) {}

  /// Times from the start of the call of CreateBulkJob.
  ///
  /// @param urgentAnswer until its answer
  /// @param urgentHandOver until the carrier's log says that it has the message
  /// @param normalHandOver until the carrier's log says that it has the first message
  /// @param normalEnd until the job's end, by its `end_time`
  /// @param bigRate messages of the big business taken in a second meanwhile
  /// @param bigMessages all that it sent
  public record Beside(
      Latencies urgentAnswer,
      Latencies urgentHandOver,
      Latencies normalHandOver,
      Latencies normalEnd,
      double bigRate,
      long bigMessages) {}
}
