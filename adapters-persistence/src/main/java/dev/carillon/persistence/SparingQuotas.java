package dev.carillon.persistence;

import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Quotas that ask the store for requests with two connections at most, however many keys are busy,
/// so that others who use the same pool find some. Who comes then waits in line, for a bounded
/// time.
public final class SparingQuotas implements Quotas {
  private static final int MOST_AT_A_TIME = 2;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Quotas quotas;
  private final Duration longestWait;
  private final Semaphore places = new Semaphore(MOST_AT_A_TIME, true);

  public SparingQuotas(Quotas quotas) {
    this(quotas, LONGEST_WAIT);
  }

  SparingQuotas(Quotas quotas, Duration longestWait) {
    this.quotas = quotas;
    this.longestWait = longestWait;
  }

  @Override
  public QuotaLimits limits(BusinessId business) {
    return quotas.limits(business);
  }

  @Override
  public RecentJobs recentJobs(Scope scope, String principal) {
    return quotas.recentJobs(scope, principal);
  }

  @Override
  public RecentJobs lockRecentJobs(Scope scope, String principal) {
    return quotas.lockRecentJobs(scope, principal);
  }

  @Override
  public void keepRecentJobs(Scope scope, String principal, RecentJobs jobs) {
    quotas.keepRecentJobs(scope, principal, jobs);
  }

  @Override
  public boolean addRecipients(Scope scope, LocalDate day, long recipients, long most) {
    return quotas.addRecipients(scope, day, recipients, most);
  }

  @Override
  public Grant takeRequests(Scope scope, String principal, int perSecond, int wanted) {
    return within(() -> quotas.takeRequests(scope, principal, perSecond, wanted));
  }

  private <T> T within(Supplier<T> work) {
    if (!entered()) {
      throw new DomainException(new DomainError.StoreUnavailable(TRY_AGAIN));
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private boolean entered() {
    try {
      return places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
