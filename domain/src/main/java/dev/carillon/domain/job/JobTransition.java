package dev.carillon.domain.job;

import static dev.carillon.domain.job.JobStatus.CANCELLED;
import static dev.carillon.domain.job.JobStatus.CANCELLING;
import static dev.carillon.domain.job.JobStatus.COMPLETED;
import static dev.carillon.domain.job.JobStatus.FAILED;
import static dev.carillon.domain.job.JobStatus.OPEN;
import static dev.carillon.domain.job.JobStatus.PARTIAL;
import static dev.carillon.domain.job.JobStatus.PAUSED;
import static dev.carillon.domain.job.JobStatus.PENDING;
import static dev.carillon.domain.job.JobStatus.PROCESSING;
import static dev.carillon.domain.job.JobStatus.SCHEDULED;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every move a job can make, as data. What is not named here does not exist.
public enum JobTransition {
  /// The upload is complete and may be sent at once.
  SUBMIT(PENDING, OPEN),
  /// The upload is complete and waits for its send time.
  SCHEDULE(SCHEDULED, OPEN),
  /// The send time has come.
  FALL_DUE(PENDING, SCHEDULED),
  /// A worker leases the first chunk.
  BEGIN(PROCESSING, PENDING),
  /// The owner, or a failure rate, stops it for now.
  PAUSE(PAUSED, SCHEDULED, PENDING, PROCESSING),
  /// The owner lets go on what had begun.
  RESUME(PROCESSING, PAUSED),
  /// The owner lets go on what had not begun and may.
  RESUME_TO_PENDING(PENDING, PAUSED),
  /// The owner lets go on what still waits for its send time.
  RESUME_TO_SCHEDULED(SCHEDULED, PAUSED),
  /// The owner stops it for good.
  CANCEL(CANCELLING, OPEN, SCHEDULED, PENDING, PROCESSING, PAUSED),
  /// The clock stops an upload that nobody has completed in time.
  ABANDON(CANCELLING, OPEN),
  /// The last chunk of a cancelled job has closed.
  END_CANCELLED(CANCELLED, CANCELLING),
  /// The last chunk has closed and a carrier took every accepted message.
  END_COMPLETED(COMPLETED, PROCESSING, PAUSED),
  /// The last chunk has closed and a carrier took some, or the fate of some is unknown.
  END_PARTIAL(PARTIAL, PROCESSING, PAUSED),
  /// The last chunk has closed and no carrier took any, or a critical error stopped it; before the
  /// job has begun, when every message expired or was suppressed while it waited.
  END_FAILED(FAILED, SCHEDULED, PENDING, PROCESSING, PAUSED),
  /// Settling showed that all were taken after all.
  CORRECT_TO_COMPLETED(true, COMPLETED, PARTIAL),
  /// Settling showed that none was taken after all.
  CORRECT_TO_FAILED(true, FAILED, PARTIAL);

  private final boolean correction;
  private final JobStatus target;
  private final Set<JobStatus> sources;

  JobTransition(JobStatus target, JobStatus first, JobStatus... rest) {
    this(false, target, first, rest);
  }

  JobTransition(boolean correction, JobStatus target, JobStatus first, JobStatus... rest) {
    this.correction = correction;
    this.target = target;
    this.sources = Collections.unmodifiableSet(EnumSet.of(first, rest));
  }

  /// Where it may start.
  public Set<JobStatus> sources() {
    return sources;
  }

  /// Where it leads.
  public JobStatus target() {
    return target;
  }

  /// How an upload that is complete goes on.
  ///
  /// @param sendTime what it waits for; null when it may be sent at once
  public static JobTransition starting(@Nullable Instant sendTime) {
    return sendTime == null ? SUBMIT : SCHEDULE;
  }

  /// How a paused job goes on: back to where it was, by whether it had begun and its send time.
  public static JobTransition resuming(
      @Nullable Instant startedAt, @Nullable Instant sendTime, Instant now) {
    if (startedAt != null) {
      return RESUME;
    }
    return sendTime != null && sendTime.isAfter(now) ? RESUME_TO_SCHEDULED : RESUME_TO_PENDING;
  }

  /// Whether it only puts an end right, once, when the last receipt is in.
  public boolean isCorrection() {
    return correction;
  }

  /// Whether a job that stands at `status` may make it.
  public boolean allows(JobStatus status) {
    return sources.contains(status);
  }
}
