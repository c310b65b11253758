package dev.carillon.benchmarks.house;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.ArrayList;
import java.util.List;

/// Jobs that one client submits one after the other, all alike, and awaits together.
public final class Backlog {
  private final HouseClient client;
  private final CreateBulkJobRequest request;
  private final List<String> bulkIds = new ArrayList<>();

  public Backlog(HouseClient client, CreateBulkJobRequest request) {
    this.client = client;
    this.request = request;
  }

  /// Submits so many more, and checks that every recipient was accepted.
  public void add(int jobs) {
    for (int n = 0; n < jobs; n++) {
      BulkJob job = client.create(request);
      if (job.getCounters().getAccepted() != request.getToCount()) {
        throw new IllegalStateException(
            "%d of %d recipients were accepted"
                .formatted(job.getCounters().getAccepted(), request.getToCount()));
      }
      bulkIds.add(job.getBulkId());
    }
  }

  /// Watches each to its end, and checks that a carrier took every message.
  public List<BulkJob> awaitEnd() {
    List<BulkJob> ended = bulkIds.stream().map(id -> client.watch(id, _ -> {})).toList();
    for (BulkJob job : ended) {
      if (job.getStatus() != BulkJobStatus.BULK_JOB_STATUS_COMPLETED) {
        throw new IllegalStateException(
            "job %s ended %s with %d of %d sent"
                .formatted(
                    job.getBulkId(),
                    job.getStatus(),
                    job.getCounters().getSent(),
                    job.getCounters().getAccepted()));
      }
    }
    return ended;
  }

  /// Their ids, oldest first.
  public List<String> bulkIds() {
    return List.copyOf(bulkIds);
  }

  public long messages() {
    return (long) bulkIds.size() * request.getToCount();
  }
}
