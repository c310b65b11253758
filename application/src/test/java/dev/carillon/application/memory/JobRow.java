package dev.carillon.application.memory;

import dev.carillon.application.port.BulkJobRepository.JobStanding;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTerms;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.SendWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as it is kept in memory: what was asked for, what of it has changed, and where it stands.
record JobRow(
    JobId id,
    NewBulkJob job,
    BulkJob.Submission submission,
    Bill bill,
    long parts,
    BulkJob.Life life,
    boolean broken,
    int openChunks,
    long version,
    Movement closed) {

  static JobRow of(JobId id, NewBulkJob job) {
    Instant at = job.createdAt();
    PauseReason pause = pauseOf(job.status());
    BulkJob.Life life = new BulkJob.Life(job.status(), null, pause, at, null, null, at, null);
    return new JobRow(
        id,
        job,
        job.submission(),
        job.bill(),
        job.parts(),
        life,
        false,
        job.openChunks(),
        1,
        Movement.NONE);
  }

  boolean hasStarted() {
    return life.status().hasStarted(life.startedAt() != null);
  }

  DispatchPlan plan() {
    return submission.plan();
  }

  JobTerms terms() {
    return new JobTerms(
        life.status(), broken, plan().deadline(), plan().unknown(), submission.told());
  }

  JobStanding standing() {
    return new JobStanding(job.scope(), job.bulkId(), life.status(), broken, openChunks);
  }

  DispatchJob dispatchJob() {
    return new DispatchJob(
        job.scope(),
        job.content(),
        job.composition(),
        new CarrierId(submission.provider()),
        submission.priority(),
        plan().deadline(),
        plan().unknown());
  }

  JobControls controls(boolean dispatchOn) {
    return new JobControls(
        dispatchOn && !broken && life.status().isRunning(),
        plan().ratePerSecond(),
        plan().window());
  }

  /// Whether workers come to it.
  boolean isAtWork() {
    return life.status().isRunning() || life.status() == JobStatus.CANCELLING;
  }

  JobAtWork atWork() {
    return new JobAtWork(
        id,
        job.scope().business(),
        submission.priority(),
        new CarrierId(submission.provider()),
        broken || life.status() == JobStatus.CANCELLING);
  }

  boolean isSkippedAt(Instant misfired) {
    Instant sendTime = plan().sendTime();
    return plan().misfire() == MisfirePolicy.SKIP
        && sendTime != null
        && sendTime.isBefore(misfired);
  }

  boolean isDue(Instant now) {
    Instant sendTime = plan().sendTime();
    return life.status() == JobStatus.SCHEDULED && sendTime != null && !sendTime.isAfter(now);
  }

  boolean fits(JobFilter filter) {
    return (filter.statuses().isEmpty() || filter.statuses().contains(life.status()))
        && (filter.errors().isEmpty()
            || life.error() == null
            || filter.errors().contains(life.error()))
        && (filter.channel() == null || filter.channel() == submission.channel())
        && submission.labels().entrySet().containsAll(filter.labels().entrySet());
  }

  JobRow moved(JobTransition transition, @Nullable JobError error, Instant now) {
    JobStatus target = transition.target();
    boolean starts = target == JobStatus.PROCESSING && life.startedAt() == null;
    boolean ends = target.isEnd() && !transition.isCorrection();
    return with(
        new BulkJob.Life(
            target,
            error,
            pauseOf(target),
            life.createdAt(),
            starts ? now : life.startedAt(),
            ends ? now : life.endedAt(),
            now,
            life.settledAt()));
  }

  JobRow paused(PauseReason reason, Instant now) {
    BulkJob.Life moved = moved(JobTransition.PAUSE, null, now).life;
    return with(
        new BulkJob.Life(
            moved.status(),
            moved.error(),
            reason,
            moved.createdAt(),
            moved.startedAt(),
            moved.endedAt(),
            moved.updatedAt(),
            moved.settledAt()));
  }

  JobRow withOneChunkLess(Movement money, Instant now) {
    return new JobRow(
        id,
        job,
        submission,
        bill,
        parts,
        updated(now),
        broken,
        openChunks - 1,
        version + 1,
        sum(closed, money));
  }

  JobRow withMoney(Movement money) {
    return new JobRow(
        id,
        job,
        submission,
        bill,
        parts,
        life,
        broken,
        openChunks,
        version + 1,
        sum(closed, money));
  }

  /// What callers see of its money.
  JobBilling billing(Movement booked) {
    return new JobBilling(
        bill.total(),
        new Money(bill.currency(), booked.captured()),
        new Money(bill.currency(), booked.refunded()),
        parts);
  }

  JobRow brokenAt(Instant now) {
    return new JobRow(
        id, job, submission, bill, parts, updated(now), true, openChunks, version + 1, closed);
  }

  JobRow updated(String name, int rate, @Nullable SendWindow window, Instant now) {
    DispatchPlan changed =
        new DispatchPlan(
            plan().sendTime(),
            plan().deadline(),
            window,
            rate,
            plan().misfire(),
            plan().unknown(),
            plan().failurePercent());
    return with(name, changed, now);
  }

  JobRow expiringAt(Instant deadline) {
    DispatchPlan changed =
        new DispatchPlan(
            plan().sendTime(),
            deadline,
            plan().window(),
            plan().ratePerSecond(),
            plan().misfire(),
            plan().unknown(),
            plan().failurePercent());
    return with(submission.name(), changed, life.updatedAt());
  }

  JobRow planned(String name, DispatchPlan plan) {
    return with(name, plan, life.updatedAt());
  }

  JobRow grown(int chunks, long moreParts, Bill more) {
    return new JobRow(
        id,
        job,
        submission,
        more.of(bill.total().plus(more.total())),
        parts + moreParts,
        life,
        broken,
        openChunks + chunks,
        version + 1,
        closed);
  }

  JobRow settled(Instant now) {
    return with(
        new BulkJob.Life(
            life.status(),
            life.error(),
            life.pause(),
            life.createdAt(),
            life.startedAt(),
            life.endedAt(),
            now,
            now));
  }

  private static @Nullable PauseReason pauseOf(JobStatus status) {
    return status == JobStatus.PAUSED ? PauseReason.OWNER : null;
  }

  private BulkJob.Life updated(Instant now) {
    return new BulkJob.Life(
        life.status(),
        life.error(),
        life.pause(),
        life.createdAt(),
        life.startedAt(),
        life.endedAt(),
        now,
        life.settledAt());
  }

  private JobRow with(BulkJob.Life changed) {
    return new JobRow(
        id, job, submission, bill, parts, changed, broken, openChunks, version + 1, closed);
  }

  private JobRow with(String name, DispatchPlan plan, Instant now) {
    BulkJob.Submission changed = submission.with(name, plan);
    return new JobRow(
        id, job, changed, bill, parts, updated(now), broken, openChunks, version + 1, closed);
  }

  private static Movement sum(Movement one, Movement other) {
    return new Movement(one.captured() + other.captured(), one.refunded() + other.refunded());
  }
}
