package dev.carillon.application;

import dev.carillon.application.port.Uploads.Upload;
import dev.carillon.application.settling.JobLife;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Ends the upload of an OPEN job and has it sent, at once or at its send time. Nothing of what was
/// uploaded is looked at again, so that it takes no longer for millions.
public final class StartBulkJob {
  private static final String METHOD = "StartBulkJob";
  private static final String ACTION = "start";
  private static final Set<JobStatus> NEVER_TO_START =
      Set.of(JobStatus.CANCELLING, JobStatus.CANCELLED);

  private final Steering steering;
  private final CreateBulkJob.Store store;
  private final JobLife life;
  private final Limits limits;

  public StartBulkJob(Steering steering, CreateBulkJob.Store store, JobLife life, Limits limits) {
    this.steering = steering;
    this.store = store;
    this.life = life;
    this.limits = limits;
  }

  /// The job, SCHEDULED or PENDING; one that has started before answers as it stands. Throws a
  /// DomainException: NotFound, NoValidRecipients, InvalidFields (not as many as were declared, or
  /// its send window is over before it opens), IllegalTransition (it was cancelled),
  /// RequestIdReused; then nothing was changed.
  public BulkJob handle(Command command) {
    Fingerprint count = new Fingerprint().number(command.declaredCount().orElse(-1));
    return steering.once(
        new Steering.Order(command.caller(), METHOD, command.bulkId(), command.requestId(), count),
        (job, now) -> start(command, job, now));
  }

  private void start(Command command, BulkJob job, Instant now) {
    if (NEVER_TO_START.contains(job.status())) {
      throw Steering.illegal(job, ACTION);
    }
    if (job.status() != JobStatus.OPEN) {
      return;
    }
    Upload upload =
        store
            .uploads()
            .lock(job.scope(), job.bulkId())
            .orElseThrow(() -> Steering.illegal(job, ACTION));
    refuseIfMiscounted(command, upload);
    refuseIfNoneIsValid(upload);
    DispatchPlan plan = plan(job, upload, now);
    refuseIfNeverOpen(plan, now);
    store.uploads().prepare(job.id(), name(job, upload), plan);
    if (!store.jobs().move(job.id(), JobTransition.starting(plan.sendTime()), null, now)) {
      throw Steering.illegal(job, ACTION);
    }
    // Everybody in it may have been deleted meanwhile.
    life.endIfEmpty(job.id(), now);
  }

  private static void refuseIfMiscounted(Command command, Upload upload) {
    int uploaded = upload.progress().messages();
    if (command.declaredCount().orElse(uploaded) != uploaded) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "count",
                      "must equal the number of uploaded recipients, which is " + uploaded))));
    }
  }

  private void refuseIfNoneIsValid(Upload upload) {
    if (upload.progress().accepted() == 0) {
      throw new DomainException(
          new DomainError.NoValidRecipients(
              store.messages().rejected(upload.id(), limits.rejectedShown()),
              upload.progress().messages()));
    }
  }

  private static void refuseIfNeverOpen(DispatchPlan plan, Instant now) {
    if (!plan.leavesTime(now)) {
      DomainError.InvalidFields.refuse(List.of(RequestedPlan.neverOpens("send_window")));
    }
  }

  /// As it was asked for, reckoned from now.
  private DispatchPlan plan(BulkJob job, Upload upload, Instant now) {
    DispatchPlan given = job.submission().plan();
    return new RequestedPlan(
            given.sendTime(),
            upload.terms().expireTime(),
            given.window(),
            given.ratePerSecond(),
            given.misfire(),
            given.unknown(),
            OptionalInt.of(given.failurePercent()))
        .plan(now, limits);
  }

  private static String name(BulkJob job, Upload upload) {
    BulkJob.Submission submission = job.submission();
    return submission.name().equals(JobNames.ofUpload(submission.channel()))
        ? JobNames.of(submission.channel(), upload.progress().messages())
        : submission.name();
  }

  /// Which job to start, by its public id.
  ///
  /// @param requestId may be empty
  /// @param declaredCount how many recipients the caller says it has uploaded
  public record Command(
      Caller caller, String bulkId, String requestId, OptionalLong declaredCount) {}
}
