package dev.carillon.application;

import dev.carillon.application.settling.JobLife;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.PauseReason;
import java.time.Instant;

/// Stops a job for now: commits its flag alone, so that no worker marks any more, and answers. What
/// carriers have been given by then is settled as it comes.
public final class PauseBulkJob {
  private static final String METHOD = "PauseBulkJob";

  private final Steering steering;
  private final JobLife life;

  public PauseBulkJob(Steering steering, JobLife life) {
    this.steering = steering;
    this.life = life;
  }

  /// What left and what did not. A job that is paused already, for whatever reason, answers the
  /// same. Throws a DomainException: NotFound, IllegalTransition (it is being uploaded or
  /// cancelled, or has ended), RequestIdReused.
  public Result handle(Command command) {
    BulkJob job =
        steering.once(
            Steering.Order.of(command.caller(), METHOD, command.bulkId(), command.requestId()),
            this::pause);
    return Result.of(job, steering.inFlight(job));
  }

  private void pause(BulkJob job, Instant now) {
    if (job.status() == JobStatus.PAUSED) {
      return;
    }
    if (!steering.jobs().pause(job.id(), PauseReason.OWNER, now)) {
      throw Steering.illegal(job, "pause");
    }
    life.tellPaused(job.id(), now);
  }

  /// Which job, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String bulkId, String requestId) {}

  /// The job and how its messages stand; what expired, was cancelled or left out is in none of the
  /// figures.
  ///
  /// @param waiting messages that have not left
  /// @param inFlight messages at a carrier that has not answered yet, or taken back on the way
  ///   there
  /// @param handedOver messages that a carrier was given, and answered or whose answer was lost
  public record Result(BulkJob job, long waiting, long inFlight, long handedOver) {
    static Result of(BulkJob job, long inFlight) {
      return new Result(
          job,
          Math.max(0, job.counters().remaining() - inFlight),
          inFlight,
          handedOver(job.counters()));
    }

    static long handedOver(Counters counters) {
      return counters.sentCount() + counters.failed() + counters.unknown();
    }
  }
}
