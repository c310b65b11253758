package dev.carillon.benchmarks.house;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Measures how soon the message of a job of one is handed over and known to be, while nothing else
/// is going on. Jobs must not be held.
public final class FirstMessage {
  private final HouseClient client;

  public FirstMessage(HouseClient client) {
    this.client = client;
  }

  /// Sends so many jobs of one, one after the other.
  public Measured send(int jobs) {
    CreateBulkJobRequest request = Submissions.ONE_TEXT.of(1);
    List<Double> handedOver = new ArrayList<>();
    List<Double> told = new ArrayList<>();
    for (int n = 0; n < jobs; n++) {
      Instant call = Instant.now();
      String bulkId = client.create(request).getBulkId();
      BulkJob ended = client.watch(bulkId, (WatchBulkJobResponse _) -> {});
      told.add(Times.millisBetween(call, Instant.now()));
      handedOver.add(Times.millisBetween(call, Times.instant(ended.getStartTime())));
    }
    return new Measured(Latencies.of(handedOver), Latencies.of(told));
  }

  /// From the call of CreateBulkJob.
  ///
  /// @param handedOver until the message was marked and given to the carrier
  /// @param told until the client had read that the job has ended
  public record Measured(Latencies handedOver, Latencies told) {}
}
