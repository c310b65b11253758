package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.keeping.StalledJob;
import dev.carillon.application.keeping.StalledJobs;
import dev.carillon.domain.business.Caller;
import java.time.Duration;
import java.util.List;

/// Lists jobs that should move, do not, and have no stated reason for it, as they stand now.
public final class ListStalledJobs {
  private final StalledJobs stalled;

  public ListStalledJobs(StalledJobs stalled) {
    this.stalled = stalled;
  }

  /// Those that have stood still the longest first. Throws a DomainException: RoleRequired.
  public List<StalledJob> handle(Query query) {
    Rights.requireOperator(query.caller());
    return stalled.find(query.quietFor(), query.limit());
  }

  /// Which jobs.
  ///
  /// @param quietFor without any change for so long
  /// @param limit at most so many are looked at, from 1
  public record Query(Caller caller, Duration quietFor, int limit) {}
}
