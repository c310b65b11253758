package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import java.util.Map;

/// Shows one job as it stands now, and why its attempts ended as they did.
public final class GetBulkJob {
  private final BulkJobRepository jobs;

  public GetBulkJob(BulkJobRepository jobs) {
    this.jobs = jobs;
  }

  /// The job; NotFound when it does not exist or is another tenant's.
  public Result handle(Query query) {
    BulkJob job = find(query);
    return new Result(job, jobs.reasons(job.id()));
  }

  /// The job alone.
  BulkJob find(Query query) {
    return BulkId.parse(query.bulkId())
        .flatMap(bulkId -> jobs.find(query.caller().scope(), bulkId))
        .orElseThrow(() -> notFound(query.bulkId()));
  }

  static DomainException notFound(String bulkId) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, bulkId));
  }

  /// Which job, by its public id.
  public record Query(Caller caller, String bulkId) {}

  /// The job.
  ///
  /// @param reasons how many attempts of its messages ended for which reason
  public record Result(BulkJob job, Map<Reason, Long> reasons) {}
}
