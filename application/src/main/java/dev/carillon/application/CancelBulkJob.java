package dev.carillon.application;

import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.ChunkKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Stops a job for good: commits its flag alone, so that no worker marks any more, and then sweeps
/// what waits, chunk by chunk. Should it die between the two, the workers sweep the rest.
public final class CancelBulkJob {
  private static final String METHOD = "CancelBulkJob";
  private static final int CHUNKS_PER_SWEEP = 50;
  private static final Set<JobStatus> CANCELLED_ALREADY =
      Set.of(JobStatus.CANCELLING, JobStatus.CANCELLED);

  private final Steering steering;
  private final ChunkRepository chunks;
  private final Sweeping sweeping;
  private final JobLife life;

  public CancelBulkJob(Steering steering, ChunkRepository chunks, Sweeping sweeping, JobLife life) {
    this.steering = steering;
    this.chunks = chunks;
    this.sweeping = sweeping;
    this.life = life;
  }

  /// What left and what did not. A job that was cancelled before answers the same again. Throws a
  /// DomainException: NotFound, IllegalTransition (it ended otherwise), RequestIdReused.
  public Result handle(Command command) {
    BulkJob flagged =
        steering.once(
            Steering.Order.of(command.caller(), METHOD, command.bulkId(), command.requestId()),
            this::cancel);
    sweep(flagged.id());
    BulkJob job = steering.find(command.caller(), flagged.bulkId());
    return Result.of(job, steering.inFlight(job));
  }

  private void cancel(BulkJob job, Instant now) {
    if (CANCELLED_ALREADY.contains(job.status())) {
      return;
    }
    if (!steering.jobs().move(job.id(), JobTransition.CANCEL, null, now)) {
      throw Steering.illegal(job, "cancel");
    }
    life.endIfEmpty(job.id(), now);
  }

  private void sweep(JobId job) {
    List<ChunkKey> open = chunks.open(job, -1, CHUNKS_PER_SWEEP);
    while (!open.isEmpty()) {
      sweeping.sweep(open);
      open = chunks.open(job, open.getLast().number(), CHUNKS_PER_SWEEP);
    }
  }

  /// Which job, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String bulkId, String requestId) {}

  /// The job after the sweep, and how its messages stand; what expired or was left out is in none
  /// of the figures.
  ///
  /// @param cancelled messages stopped before hand-over
  /// @param inFlight messages at a carrier that has not answered yet, or taken back on the way
  ///   there
  /// @param handedOver messages that a carrier was given, and answered or whose answer was lost
  public record Result(BulkJob job, long cancelled, long inFlight, long handedOver) {
    static Result of(BulkJob job, long inFlight) {
      return new Result(
          job,
          job.counters().cancelled(),
          inFlight,
          PauseBulkJob.Result.handedOver(job.counters()));
    }
  }
}
