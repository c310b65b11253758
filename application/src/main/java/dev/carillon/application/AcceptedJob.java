package dev.carillon.application;

import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;

/// A job as it was when it was accepted, so that a repeat gets the first answer again.
final class AcceptedJob {
  private AcceptedJob() {}

  /// Where a job with this plan begins.
  static JobStatus status(DispatchPlan plan) {
    return plan.sendTime() == null ? JobStatus.PENDING : JobStatus.SCHEDULED;
  }

  /// @param job as it stands now
  /// @param name as it was then
  /// @param plan as it was then
  static BulkJob of(BulkJob job, String name, DispatchPlan plan) {
    BulkJob.Submission given = job.submission();
    BulkJob.Submission submission =
        new BulkJob.Submission(
            name,
            given.channel(),
            given.priority(),
            given.labels(),
            given.createdBy(),
            given.provider(),
            given.parent(),
            plan);
    Instant created = job.life().createdAt();
    Money held = job.billing().held();
    Money nothing = Money.zero(held.currency());
    return new BulkJob(
        job.id(),
        job.bulkId(),
        job.scope(),
        submission,
        new BulkJob.Life(status(plan), null, null, created, null, null, created, null),
        job.counters().atAcceptance(),
        new JobBilling(held, nothing, nothing, job.billing().parts()),
        0);
  }
}
