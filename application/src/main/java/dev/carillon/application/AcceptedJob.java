package dev.carillon.application;

import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
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
    return then(job, name, plan, status(plan), job.counters(), job.billing());
  }

  /// The same of a job whose recipients were to be uploaded: there were none.
  static BulkJob open(BulkJob job, String name, DispatchPlan plan) {
    String currency = job.billing().held().currency();
    return then(job, name, plan, JobStatus.OPEN, Counters.NONE, JobBilling.free(currency, 0));
  }

  private static BulkJob then(
      BulkJob job,
      String name,
      DispatchPlan plan,
      JobStatus status,
      Counters counters,
      JobBilling billing) {
    Instant created = job.life().createdAt();
    Money nothing = Money.zero(billing.held().currency());
    return new BulkJob(
        job.id(),
        job.bulkId(),
        job.scope(),
        job.submission().with(name, plan),
        new BulkJob.Life(status, null, null, created, null, null, created, null),
        counters.atAcceptance(),
        new JobBilling(billing.held(), nothing, nothing, billing.parts()),
        0);
  }
}
