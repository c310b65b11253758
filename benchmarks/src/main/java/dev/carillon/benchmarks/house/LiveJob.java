package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.house.ProgressLatency.Seen;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import java.time.Instant;

/// One job from its submission to its end, watched all the way. Jobs must not be held.
public final class LiveJob {
  private final HouseClient client;

  public LiveJob(HouseClient client) {
    this.client = client;
  }

  /// Submits it and watches it.
  public Measured run(CreateBulkJobRequest request) {
    Instant call = Instant.now();
    String bulkId = client.create(request).getBulkId();
    Instant answer = Instant.now();
    Seen seen = new ProgressLatency(client).watch(bulkId);
    BulkJob ended = seen.ended();
    return new Measured(
        Times.millisBetween(call, answer),
        Times.millisBetween(call, Times.instant(ended.getStartTime())),
        Times.millisBetween(call, Times.instant(ended.getEndTime())),
        Latencies.of(seen.millis()));
  }

  /// Milliseconds from the call, and the ages of the changes that the stream told.
  public record Measured(double answer, double firstMessage, double end, Latencies progress) {}
}
