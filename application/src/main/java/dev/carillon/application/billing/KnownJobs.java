package dev.carillon.application.billing;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;

/// Finds the jobs that callers name.
final class KnownJobs {
  private KnownJobs() {}

  /// The job; throws NotFound when it does not exist or is another tenant's.
  static BulkJob find(BulkJobRepository jobs, Scope scope, String bulkId) {
    return BulkId.parse(bulkId)
        .flatMap(id -> jobs.find(scope, id))
        .orElseThrow(() -> notFound(bulkId));
  }

  static DomainException notFound(String bulkId) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, bulkId));
  }
}
