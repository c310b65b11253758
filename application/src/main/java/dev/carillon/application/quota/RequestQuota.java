package dev.carillon.application.quota;

import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Quotas;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// Holds the calls of each key to so many a second over all nodes. Most calls ask nobody: a node
/// reserves for a key what it used of late, for a quarter of a second at most. All that is let
/// through is paid for, so that together the nodes let through what the limit yields, and a few
/// more at the beginning.
public final class RequestQuota {
  private static final int MOST_KEYS = 10_000;
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

  private final Quotas quotas;
  private final QuotaDefaults defaults;
  private final InstantSource clock;
  private final int mostKeys;
  private final ConcurrentHashMap<Key, KeyShare> shares = new ConcurrentHashMap<>();
  private volatile Instant sweptAt = Instant.EPOCH;

  public RequestQuota(Quotas quotas, QuotaDefaults defaults, InstantSource clock) {
    this(quotas, defaults, clock, MOST_KEYS);
  }

  RequestQuota(Quotas quotas, QuotaDefaults defaults, InstantSource clock, int mostKeys) {
    this.quotas = quotas;
    this.defaults = defaults;
    this.clock = clock;
    this.mostKeys = mostKeys;
  }

  /// Counts a call. Throws a DomainException: QuotaExceeded (it may come again after the time that
  /// is told), StoreUnavailable; then it is not to be worked on.
  public void take(Caller caller) {
    int most = defaults.requestsPerSecond(quotas.limits(caller.scope().business()));
    if (most == 0) {
      return;
    }
    Duration wait = waiting(new Key(caller.scope(), caller.principal()), most);
    if (wait.isPositive()) {
      throw new DomainException(new DomainError.QuotaExceeded(most + " requests per second", wait));
    }
  }

  private Duration waiting(Key key, int most) {
    Instant now = clock.instant();
    KeyShare share = shares.get(key);
    if (share == null) {
      makeRoom(now);
      // One more than may be kept asks the store each time: slower, but as exact.
      if (shares.size() >= mostKeys) {
        Permits.Grant grant = store(key, most, 1);
        return grant.permits() > 0 ? Duration.ZERO : KeyShare.wholeMillis(grant.retryAfter());
      }
      share = shares.computeIfAbsent(key, _ -> new KeyShare(now));
    }
    return share.take(most, now, wanted -> store(key, most, wanted));
  }

  private Permits.Grant store(Key key, int most, int wanted) {
    return quotas.takeRequests(key.scope(), key.principal(), most, wanted);
  }

  private void makeRoom(Instant now) {
    if (shares.size() >= mostKeys
        && Duration.between(sweptAt, now).abs().compareTo(BETWEEN_SWEEPS) > 0) {
      sweptAt = now;
      shares.values().removeIf(share -> share.isIdle(FORGOTTEN, now));
    }
  }

  private record Key(Scope scope, String principal) {}
}
