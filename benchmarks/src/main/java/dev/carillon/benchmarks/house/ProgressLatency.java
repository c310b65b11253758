package dev.carillon.benchmarks.house;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.WatchBulkJobResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Watches one job and measures, for each event, how old the change that it shows is when it is
/// read.
public final class ProgressLatency {
  private final HouseClient client;

  public ProgressLatency(HouseClient client) {
    this.client = client;
  }

  /// Watches a job to its end.
  public Seen watch(String bulkId) {
    List<Double> millis = new ArrayList<>();
    BulkJob ended = client.watch(bulkId, event -> note(event, millis));
    return new Seen(ended, millis);
  }

  private static void note(WatchBulkJobResponse event, List<Double> millis) {
    Instant now = Instant.now();
    switch (event.getEventCase()) {
      case PROGRESS -> millis.add(age(event.getProgress().getBulkJob(), now));
      case END -> millis.add(age(event.getEnd().getBulkJob(), now));
      case SNAPSHOT, HEARTBEAT, EVENT_NOT_SET -> {}
    }
  }

  private static double age(BulkJob job, Instant now) {
    return Times.millisBetween(Times.instant(job.getUpdateTime()), now);
  }

  /// The job at its end, and the ages of the changes that were told, in milliseconds.
  public record Seen(BulkJob ended, List<Double> millis) {}
}
