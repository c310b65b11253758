package dev.carillon.application.memory;

import dev.carillon.application.port.Permits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Token buckets in memory.
public final class InMemoryPermits implements Permits {
  private static final double SAVED_SECONDS = 0.2;
  private static final double NANOS = 1e9;

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  InMemoryPermits(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Grant take(Collection<Limit> limits, int wanted, boolean ahead) {
    Instant now = clock.instant();
    double scarcest = wanted;
    double waitSeconds = 0;
    for (Limit limit : limits) {
      Bucket bucket = filled(limit, now);
      double debt = ahead ? Math.max(1, limit.perSecond() * SAVED_SECONDS) : 0;
      scarcest = Math.min(scarcest, bucket.tokens() + debt);
      waitSeconds = Math.max(waitSeconds, (1 - bucket.tokens() - debt) / limit.perSecond());
    }
    int granted = (int) Math.max(0, Math.floor(scarcest));
    for (Limit limit : limits) {
      buckets.put(limit.key(), filled(limit, now).less(granted));
    }
    return new Grant(granted, granted > 0 ? Duration.ZERO : seconds(waitSeconds));
  }

  @Override
  public synchronized void giveBack(Collection<Limit> limits, int unused) {
    Instant now = clock.instant();
    for (Limit limit : limits) {
      Bucket bucket = filled(limit, now);
      double most = most(limit);
      buckets.put(limit.key(), new Bucket(Math.min(most, bucket.tokens() + unused), now));
    }
  }

  private Bucket filled(Limit limit, Instant now) {
    Bucket before = buckets.getOrDefault(limit.key(), new Bucket(most(limit), now));
    double seconds = Duration.between(before.at(), now).toNanos() / NANOS;
    double tokens = before.tokens() + Math.max(0, seconds) * limit.perSecond();
    return new Bucket(Math.min(most(limit), tokens), now);
  }

  private static double most(Limit limit) {
    return Math.max(1, limit.perSecond() * SAVED_SECONDS);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.ceil(Math.max(0, seconds) * NANOS));
  }

  private record Bucket(double tokens, Instant at) {
    Bucket less(int taken) {
      return new Bucket(tokens - taken, at);
    }
  }
}
