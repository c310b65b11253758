package dev.carillon.domain.webhook;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;

/// Something that happened to a job, as it is told outward: S1's payload.
public record JobEvent(
    EventType type,
    BulkId bulkId,
    JobStatus status,
    long totalRecipients,
    long successCount,
    long failureCount,
    Instant at)
    implements OutwardEvent {

  /// The event of a job whose counters are these.
  public static JobEvent of(
      EventType type, BulkId bulkId, JobStatus status, Counters counters, Instant at) {
    return new JobEvent(
        type,
        bulkId,
        status,
        counters.total(),
        counters.successCount(),
        counters.failedCount(),
        at);
  }
}
