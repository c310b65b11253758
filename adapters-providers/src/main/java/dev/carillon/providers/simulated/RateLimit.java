package dev.carillon.providers.simulated;

import java.time.Duration;
import java.util.function.LongSupplier;

/// So many messages in a second, a tenth of a second's share at once. Thread-safe.
final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long BURST = SECOND / 10;

  private final long interval;
  private final LongSupplier nanoTime;
  private long free;

  /// @param perSecond 0 for no limit
  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.interval = perSecond == 0 ? 0 : SECOND / perSecond;
    this.nanoTime = nanoTime;
    this.free = nanoTime.getAsLong();
  }

  /// Lets one message pass, or says how long it has to wait; zero when it may pass.
  Duration take() {
    return interval == 0 ? Duration.ZERO : takeLimited();
  }

  private synchronized Duration takeLimited() {
    long now = nanoTime.getAsLong();
    long ahead = Math.max(free - now, 0);
    if (ahead > BURST) {
      return Duration.ofNanos(ahead - BURST);
    }
    free = now + ahead + interval;
    return Duration.ZERO;
  }
}
