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
import java.util.Map;
import java.util.OptionalInt;

/// Shows one job as it stands now, and why its attempts ended as they did.
public final class GetBulkJob {
  private final BulkJobRepository jobs;
  private final Uploads uploads;

  public GetBulkJob(BulkJobRepository jobs, Uploads uploads) {
    this.jobs = jobs;
    this.uploads = uploads;
  }

  /// The job; NotFound when it does not exist or is another tenant's.
  public Result handle(Query query) {
    BulkJob job = find(query);
    OptionalInt next =
        job.status() == JobStatus.OPEN ? uploads.nextSequence(job.id()) : OptionalInt.empty();
    return new Result(job, jobs.reasons(job.id()), next);
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
  /// @param nextSequence the uploaded chunk that it waits for; empty when it is not OPEN
  public record Result(BulkJob job, Map<Reason, Long> reasons, OptionalInt nextSequence) {}
}
