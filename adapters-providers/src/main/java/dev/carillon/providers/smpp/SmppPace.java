package dev.carillon.providers.smpp;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How fast submit_sm may follow each other over all sessions of this node.
final class SmppPace {
  /// What was not used of so much time may be caught up, since threads wake late.
  private static final long SAVED = TimeUnit.MILLISECONDS.toNanos(50);

  private final long interval;
  private long next = System.nanoTime();
  private long pausedUntil = next;

  /// @param perSecond 0 for any number
  SmppPace(int perSecond) {
    this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /// Takes a place; how many nanoseconds it is until then.
  synchronized long take(long now) {
    long paused = Math.max(0, pausedUntil - now);
    if (interval == 0) {
      return paused;
    }
    next = Math.max(next, now - SAVED) + interval;
    return Math.max(paused, next - interval - now);
  }

  /// Whether several may go at once.
  synchronized boolean isUnlimited(long now) {
    return interval == 0 && pausedUntil - now <= 0;
  }

  /// Lets nothing go for a while, as the centre is too busy.
  synchronized void pause(Duration time) {
    pausedUntil = Math.max(pausedUntil, System.nanoTime() + time.toNanos());
  }
}
