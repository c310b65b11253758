package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

  /// Dispatches these held jobs, and checks that a carrier took every message of them and that each
  /// has its one attempt. The seconds are those from the first hand-over to the end of the last
  /// job, as the jobs tell them.
  public Spent dispatch(List<String> bulkIds) throws SQLException {
    Reading start = meter.read();
    held.letGo();
    List<BulkJob> ended = new ArrayList<>();
    for (String bulkId : bulkIds) {
      ended.add(client.watch(bulkId, _ -> {}));
    }
    Spent spent = meter.since(start);
    for (BulkJob job : ended) {
      check(job);
    }
    return spent.withSeconds(Times.dispatchSeconds(ended));
  }

  private void check(BulkJob job) throws SQLException {
    long accepted = job.getCounters().getAccepted();
    long attempts = attempts(job.getBulkId());
    if (job.getStatus() != BulkJobStatus.BULK_JOB_STATUS_COMPLETED
        || job.getCounters().getSent() != accepted
        || attempts != accepted) {
      throw new IllegalStateException(
          "job %s ended %s with %d of %d sent and %d attempts"
              .formatted(
                  job.getBulkId(),
                  job.getStatus(),
                  job.getCounters().getSent(),
                  accepted,
                  attempts));
    }
  }

  private long attempts(String bulkId) throws SQLException {
    return meter.number(
        """
        SELECT count(*) FROM attempt a JOIN job j ON j.id = a.job_id WHERE j.bulk_id = '%s'
        """
            .formatted(UUID.fromString(bulkId)));
  }
}
