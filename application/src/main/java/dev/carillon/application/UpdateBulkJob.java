package dev.carillon.application;

import dev.carillon.application.port.ChunkRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.SendWindow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Changes name, rate and window of a job that has not ended, also while it is being sent.
public final class UpdateBulkJob {
  private static final String METHOD = "UpdateBulkJob";
  private static final int UNCHANGED = -1;

  private final Steering steering;
  private final ChunkRepository chunks;
  private final InstantSource clock;

  public UpdateBulkJob(Steering steering, ChunkRepository chunks, InstantSource clock) {
    this.steering = steering;
    this.chunks = chunks;
    this.clock = clock;
  }

  /// The job as it is then. Throws a DomainException: InvalidFields, NotFound, IllegalTransition
  /// (it has ended), RequestIdReused.
  public BulkJob handle(Command command) {
    check(command.changes());
    BulkJob job = change(command);
    if (command.changes().window() != null) {
      // What waits for the old window to open is looked at anew. On its own, after the job's row
      // was let go: chunks are locked before jobs.
      chunks.makeDue(job.id(), clock.instant());
    }
    return job;
  }

  private BulkJob change(Command command) {
    return steering.once(
        new Steering.Order(
            command.caller(),
            METHOD,
            command.bulkId(),
            command.requestId(),
            fingerprint(command.changes())),
        (job, now) -> update(job, command.changes(), now));
  }

  private void update(BulkJob job, Changes changes, Instant now) {
    DispatchPlan plan = job.submission().plan();
    SendWindow window = changes.window() == null ? plan.window() : changes.window().to();
    if (!Objects.equals(window, plan.window())) {
      refuseIfNeverOpen(job, plan.within(window), now);
    }
    boolean updated =
        steering
            .jobs()
            .update(
                job.id(),
                changes.name() == null ? job.submission().name() : changes.name(),
                changes.ratePerSecond().orElse(plan.ratePerSecond()),
                window,
                now);
    if (!updated) {
      throw Steering.illegal(job, "update");
    }
  }

  /// The time of a job whose recipients are still being uploaded is only known when it is started.
  private static void refuseIfNeverOpen(BulkJob job, DispatchPlan changed, Instant now) {
    if (!job.done() && job.status() != JobStatus.OPEN && !changed.leavesTime(now)) {
      InvalidFields.refuse(List.of(RequestedPlan.neverOpens("bulk_job.send_window")));
    }
  }

  private static void check(Changes changes) {
    List<FieldViolation> violations = new ArrayList<>();
    if (changes.name() != null) {
      JobNames.checkNew("bulk_job.name", changes.name(), violations);
    }
    SubmissionRules.checkRate(
        "bulk_job.rate_per_second", changes.ratePerSecond().orElse(0), violations);
    InvalidFields.refuse(violations);
  }

  private static Fingerprint fingerprint(Changes changes) {
    Fingerprint fingerprint =
        new Fingerprint().text(changes.name()).number(changes.ratePerSecond().orElse(UNCHANGED));
    return changes.window() == null
        ? fingerprint.number(UNCHANGED)
        : fingerprint.window(changes.window().to());
  }

  /// What to change of which job.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String bulkId, String requestId, Changes changes) {}

  /// What is to change.
  ///
  /// @param name null to keep it
  /// @param ratePerSecond 0 for no limit; empty to keep it
  /// @param window null to keep it
  public record Changes(
      @Nullable String name, OptionalInt ratePerSecond, @Nullable WindowChange window) {}

  /// Another window.
  ///
  /// @param to null for all hours
  public record WindowChange(@Nullable SendWindow to) {}
}
