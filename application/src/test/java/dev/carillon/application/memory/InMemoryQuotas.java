package dev.carillon.application.memory;

import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Quotas in memory. Requests are reckoned by the clock of leases, as PostgreSQL does by its own.
public final class InMemoryQuotas implements Quotas {
  private static final double NANOS = 1e9;

  /// What is lost in reckoning with fractions.
  private static final double SLACK = 1e-6;

  private final InMemoryStore store;
  private final InstantSource clock;
  private final Map<BusinessId, QuotaLimits> limits = new ConcurrentHashMap<>();
  private final Map<Key, RecentJobs> jobs = new HashMap<>();
  private final Map<Day, Long> recipients = new HashMap<>();
  private final Map<Key, Bucket> buckets = new HashMap<>();
  private int requestsTaken;

  InMemoryQuotas(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Sets what holds for a business.
  public void set(BusinessId business, QuotaLimits set) {
    limits.put(business, set);
  }

  /// How often requests were taken from here.
  public synchronized int requestsTaken() {
    return requestsTaken;
  }

  /// How many recipients are counted for a day.
  public long recipients(Scope scope, LocalDate day) {
    return store.inTransaction(() -> recipients.getOrDefault(new Day(scope, day), 0L));
  }

  @Override
  public QuotaLimits limits(BusinessId business) {
    return limits.getOrDefault(business, QuotaLimits.CONFIGURED);
  }

  @Override
  public RecentJobs recentJobs(Scope scope, String principal) {
    return store.inTransaction(() -> jobs.getOrDefault(new Key(scope, principal), RecentJobs.NONE));
  }

  @Override
  public RecentJobs lockRecentJobs(Scope scope, String principal) {
    store.requireTransaction();
    return recentJobs(scope, principal);
  }

  @Override
  public void keepRecentJobs(Scope scope, String principal, RecentJobs kept) {
    store.requireTransaction();
    store.put(jobs, new Key(scope, principal), kept);
  }

  @Override
  public boolean addRecipients(Scope scope, LocalDate day, long count, long most) {
    store.requireTransaction();
    long sum = recipients(scope, day) + count;
    if (sum > most) {
      return false;
    }
    store.put(recipients, new Day(scope, day), sum);
    return true;
  }

  @Override
  public synchronized Grant takeRequests(Scope scope, String principal, int perSecond, int wanted) {
    requestsTaken++;
    Key key = new Key(scope, principal);
    Bucket bucket = buckets.getOrDefault(key, new Bucket(1, clock.instant())).at(clock.instant());
    double yielded = bucket.savedSeconds() * perSecond + SLACK;
    int permits = (int) Math.min(wanted, Math.floor(yielded));
    buckets.put(key, bucket.less((double) permits / perSecond));
    return permits > 0
        ? new Grant(permits, Duration.ZERO)
        : new Grant(
            0, Duration.ofNanos(Math.round((1.0 / perSecond - bucket.savedSeconds()) * NANOS)));
  }

  private record Key(Scope scope, String principal) {}

  private record Day(Scope scope, LocalDate day) {}

  /// @param savedSeconds of what the limit yields
  private record Bucket(double savedSeconds, Instant at) {
    Bucket at(Instant now) {
      double passed = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
      return new Bucket(Math.min(1, savedSeconds + passed), now);
    }

    Bucket less(double seconds) {
      return new Bucket(savedSeconds - seconds, at);
    }
  }
}
