package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Lets held jobs go and waits for the end of all of them.
public final class DispatchRun {
  private final HouseClient client;
  private final PostgresMeter meter;
  private final HeldJobs held;

  public DispatchRun(HouseClient client, PostgresMeter meter, HeldJobs held) {
    this.client = client;
    this.meter = meter;
    this.held = held;
  }

  /// Dispatches these held jobs, and checks that a carrier took every message of them. The seconds
  /// are those from the first hand-over to the end of the last job, as the jobs tell them.
  public Spent dispatch(List<String> bulkIds) throws SQLException {
    Reading start = meter.read();
    held.letGo();
    List<BulkJob> ended = new ArrayList<>();
    for (String bulkId : bulkIds) {
      ended.add(client.watch(bulkId, _ -> {}));
    }
    Spent spent = meter.since(start);
    ended.forEach(DispatchRun::check);
    return spent.withSeconds(Times.dispatchSeconds(ended));
  }

  private static void check(BulkJob job) {
    if (job.getStatus() != BulkJobStatus.BULK_JOB_STATUS_COMPLETED
        || job.getCounters().getSent() != job.getCounters().getAccepted()) {
      throw new IllegalStateException(
          "job %s ended %s with %d of %d sent"
              .formatted(
                  job.getBulkId(),
                  job.getStatus(),
                  job.getCounters().getSent(),
                  job.getCounters().getAccepted()));
    }
  }
}
