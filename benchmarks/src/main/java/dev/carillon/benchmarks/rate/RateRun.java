package dev.carillon.benchmarks.rate;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.benchmarks.house.Submissions;
import dev.carillon.benchmarks.node.Nodes;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/// Sends under a limit, then under another that is set while it sends, and kills a node under the
/// second.
public final class RateRun {
  private static final Duration START_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /// More messages than the limits let pass, so that the job does not end before the run.
  private static final double MORE = 1.3;

  private final Nodes nodes;
  private final HouseClient client;
  private final LimitSetter setter;

  /// @param client of the first node, which is not killed
  public RateRun(Nodes nodes, HouseClient client, LimitSetter setter) {
    this.nodes = nodes;
    this.client = client;
    this.setter = setter;
  }

  /// Runs both parts.
  ///
  /// @param kill the node that is killed in the middle of the second part
  public Held run(int first, int then, Duration part, int kill) throws Exception {
    Limits limits = new Limits();
    setter.set(first);
    limits.change(Instant.now(), first);
    int messages = (int) ((first + then) * part.toSeconds() * MORE) + first;
    String bulkId = client.create(Submissions.ONE_TEXT.of(messages)).getBulkId();
    awaitStart(bulkId);
    Instant start = Instant.now();
    Thread.sleep(part);
    setter.set(then);
    Instant change = Instant.now();
    limits.change(change, then);
    Thread.sleep(part.dividedBy(2));
    nodes.process(kill).kill();
    Instant killed = Instant.now();
    Thread.sleep(part.minus(part.dividedBy(2)));
    Instant end = Instant.now();
    BulkJob job = client.get(bulkId);
    if (job.getStatus() != BulkJobStatus.BULK_JOB_STATUS_PROCESSING) {
      throw new IllegalStateException(
          "the job is %s, and should still be sending".formatted(job.getStatus()));
    }
    return new Held(start, change, killed, end, limits, Timeline.of(nodes.logs()));
  }

  private void awaitStart(String bulkId) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (!client.get(bulkId).hasStartTime()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("nothing is handed over after " + START_WITHIN);
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /// What was handed over when.
  ///
  /// @param start after the first hand-over
  /// @param change when the second limit was set
  /// @param killed when the node was dead
  public record Held(
      Instant start,
      Instant change,
      Instant killed,
      Instant end,
      Limits limits,
      Timeline handedOver) {}
}
