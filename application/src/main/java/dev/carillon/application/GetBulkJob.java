package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Uploads;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Wait;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Shows one job as it stands now, why its attempts ended as they did, and why it waits.
public final class GetBulkJob {
  private final BulkJobRepository jobs;
  private final Uploads uploads;
  private final ExplainWait explainWait;

  public GetBulkJob(BulkJobRepository jobs, Uploads uploads, ExplainWait explainWait) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.explainWait = explainWait;
  }

  /// The job; NotFound when it does not exist or is another tenant's.
  public Result handle(Query query) {
    BulkJob job = find(query);
    OptionalInt next =
        job.status() == JobStatus.OPEN ? uploads.nextSequence(job.id()) : OptionalInt.empty();
    return new Result(job, jobs.reasons(job.id()), next, explainWait.handle(job));
  }

  /// The job alone; NotFound as above.
  public BulkJob find(Query query) {
    return BulkId.parse(query.bulkId())
        .flatMap(bulkId -> jobs.find(query.caller().scope(), bulkId))
        .orElseThrow(() -> notFound(query.bulkId()));
  }

  /// That there is no such job for the caller, whether or not another tenant has one.
  public static DomainException notFound(String bulkId) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, bulkId));
  }

  /// Which job, by its public id.
  public record Query(Caller caller, String bulkId) {}

  /// The job.
  ///
  /// @param reasons how many attempts of its messages ended for which reason
  /// @param nextSequence the uploaded chunk that it waits for; empty when it is not OPEN
  /// @param waiting why it hands nothing over now; empty when it does, is ending or has ended
  public record Result(
      BulkJob job, Map<Reason, Long> reasons, OptionalInt nextSequence, Optional<Wait> waiting) {}
}
