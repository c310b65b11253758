package dev.carillon.application.quota;

import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Counts jobs and recipients against the quotas of their business, inside the transaction that
/// stores them: what is refused or undone is not counted.
public final class SubmissionQuotas {
  private final Quotas quotas;
  private final QuotaDefaults defaults;
  private final InstantSource clock;

  public SubmissionQuotas(Quotas quotas, QuotaDefaults defaults, InstantSource clock) {
    this.quotas = quotas;
    this.defaults = defaults;
    this.clock = clock;
  }

  /// Throws a DomainException with QuotaExceeded when the caller can make no job now, so that
  /// nothing need be stored to find out. Counts nothing and waits for nobody.
  public void look(Caller caller) {
    int most = mostJobs(caller);
    if (most > 0) {
      refuseUntil(
          quotas.recentJobs(caller.scope(), caller.principal()).untilNext(clock.instant(), most),
          most);
    }
  }

  /// Counts a job and its recipients, as late in the transaction as can be: others of the same key
  /// and of the same business wait for its end. Throws a DomainException with QuotaExceeded; then
  /// nothing may be stored.
  ///
  /// @param accepted recipients of the job; 0 while they are still to come
  public void take(Caller caller, long accepted) {
    int most = mostJobs(caller);
    if (most > 0) {
      takeJob(caller, most);
    }
    takeRecipients(caller.scope(), accepted);
  }

  /// Counts recipients that were accepted into a job, likewise.
  public void takeRecipients(Scope scope, long accepted) {
    long most = defaults.recipientsPerDay(quotas.limits(scope.business()));
    if (most == 0 || accepted == 0) {
      return;
    }
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (accepted > most) {
      throw exceeded(most + " recipients per day", null);
    }
    if (!quotas.addRecipients(scope, day, accepted, most)) {
      Instant midnight = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      throw exceeded(most + " recipients per day", Duration.between(now, midnight));
    }
  }

  private void takeJob(Caller caller, int most) {
    RecentJobs jobs = quotas.lockRecentJobs(caller.scope(), caller.principal());
    Instant now = clock.instant();
    refuseUntil(jobs.untilNext(now, most), most);
    quotas.keepRecentJobs(caller.scope(), caller.principal(), jobs.with(now));
  }

  private int mostJobs(Caller caller) {
    return caller.scope().environment() == Environment.LIVE
        ? defaults.jobsPerHour(quotas.limits(caller.scope().business()))
        : 0;
  }

  private static void refuseUntil(Duration wait, int most) {
    if (wait.isPositive()) {
      throw exceeded(most + " jobs per hour", wait);
    }
  }

  private static DomainException exceeded(String quota, @Nullable Duration retryAfter) {
    return new DomainException(new DomainError.QuotaExceeded(quota, retryAfter));
  }
}
