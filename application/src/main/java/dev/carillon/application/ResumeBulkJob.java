package dev.carillon.application;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Instant;

/// Lets a paused job go on from where it stood.
public final class ResumeBulkJob {
  private static final String METHOD = "ResumeBulkJob";

  private final Steering steering;

  public ResumeBulkJob(Steering steering) {
    this.steering = steering;
  }

  /// The job. One that runs already, or waits for its send time, answers the same. Throws a
  /// DomainException: NotFound, IllegalTransition (it is being uploaded or cancelled, or has
  /// ended), RequestIdReused.
  public BulkJob handle(Command command) {
    return steering.once(
        Steering.Order.of(command.caller(), METHOD, command.bulkId(), command.requestId()),
        this::resume);
  }

  private void resume(BulkJob job, Instant now) {
    if (job.status().isRunning() || job.status() == JobStatus.SCHEDULED) {
      return;
    }
    JobTransition move =
        JobTransition.resuming(job.life().startedAt(), job.submission().plan().sendTime(), now);
    if (!steering.jobs().move(job.id(), move, null, now)) {
      throw Steering.illegal(job, "resume");
    }
  }

  /// Which job, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String bulkId, String requestId) {}
}
