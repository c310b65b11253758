package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.ChunkKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stops a job for good: commits its flag alone, so that no worker marks any more, and then sweeps
/// what waits, chunk by chunk. Should it die between the two, the workers sweep the rest.
public final class CancelBulkJob {
  private static final String METHOD = "CancelBulkJob";
  private static final int CHUNKS_PER_SWEEP = 50;
  private static final Set<JobStatus> CANCELLED_ALREADY =
      Set.of(JobStatus.CANCELLING, JobStatus.CANCELLED);

  private final Idempotency idempotency;
  private final BulkJobRepository jobs;
  private final ChunkRepository chunks;
  private final Settling settling;
  private final ProgressFeed feed;
  private final InstantSource clock;

  public CancelBulkJob(
      Idempotency idempotency,
      BulkJobRepository jobs,
      ChunkRepository chunks,
      Settling settling,
      ProgressFeed feed,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.jobs = jobs;
    this.chunks = chunks;
    this.settling = settling;
    this.feed = feed;
    this.clock = clock;
  }

  /// What left and what did not. A job that was cancelled before answers the same again. Throws a
  /// DomainException: NotFound, IllegalTransition (it ended otherwise), RequestIdReused.
  public Result handle(Command command) {
    BulkId bulkId =
        BulkId.parse(command.bulkId()).orElseThrow(() -> GetBulkJob.notFound(command.bulkId()));
    BulkJob job = flag(command, bulkId);
    feed.changed(job.id());
    sweep(job.id());
    return Result.of(find(command.caller(), bulkId));
  }

  private BulkJob flag(Command command, BulkId bulkId) {
    String id = bulkId.toString();
    return idempotency.once(
        new Idempotency.Request(
            command.caller().scope(),
            METHOD,
            command.requestId(),
            new Fingerprint().text(id).hash()),
        () -> move(command.caller(), bulkId),
        _ -> find(command.caller(), bulkId));
  }

  private Map<String, String> move(Caller caller, BulkId bulkId) {
    boolean moved =
        jobs.move(caller.scope(), bulkId, JobTransition.CANCEL, clock.instant()).isPresent();
    JobStatus status = find(caller, bulkId).status();
    if (!moved && !CANCELLED_ALREADY.contains(status)) {
      throw new DomainException(
          new DomainError.IllegalTransition(bulkId.toString(), status, "cancel"));
    }
    return Map.of("bulk_id", bulkId.toString());
  }

  private void sweep(JobId job) {
    List<ChunkKey> open = chunks.open(job, -1, CHUNKS_PER_SWEEP);
    while (!open.isEmpty()) {
      settling.cancel(open);
      open = chunks.open(job, open.getLast().number(), CHUNKS_PER_SWEEP);
    }
  }

  private BulkJob find(Caller caller, BulkId bulkId) {
    return jobs.find(caller.scope(), bulkId)
        .orElseThrow(() -> GetBulkJob.notFound(bulkId.toString()));
  }

  /// Which job, by its public id.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String bulkId, String requestId) {}

  /// The job after the sweep.
  ///
  /// @param cancelled messages stopped before hand-over
  /// @param handedOver messages that a carrier had been given
  public record Result(BulkJob job, long cancelled, long handedOver) {
    static Result of(BulkJob job) {
      long cancelled = job.counters().cancelled();
      return new Result(job, cancelled, job.counters().accepted() - cancelled);
    }
  }
}
