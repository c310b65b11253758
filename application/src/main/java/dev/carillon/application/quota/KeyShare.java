package dev.carillon.application.quota;

import dev.carillon.application.port.Permits.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/// What this node has of one key's limit: requests reserved from the store for a moment, or a few
/// that were let through and are paid for with the next reservation. One thread at a time asks the
/// store; the others wait for what it brings.
final class KeyShare {
  /// For so long is reserved at most; what is not used by then is nearly all lost.
  private static final Duration SLICE = Duration.ofMillis(250);

  /// So many of a second's requests may be owed or left over: what a limit yields in 50 ms.
  private static final int CREDITS_PER_SECOND = 20;

  private static final int SLICES_PER_SECOND = 4;
  private static final int SHORTEST_MILLIS = 10;
  private static final double NANOS = 1e9;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private Instant reservedAt;
  private Instant closedAt;
  private Duration closedFor = Duration.ZERO;
  private volatile Instant usedAt;

  /// Requests that are reserved; less than 0 when some are owed.
  private int held;

  private int askedFor;

  KeyShare(Instant now) {
    this.reservedAt = now;
    this.closedAt = now;
    this.usedAt = now;
  }

  /// Zero when one more request may be let through, else how long until one may be.
  ///
  /// @param store takes so many from the store
  Duration take(int perSecond, Instant now, IntFunction<Grant> store) {
    lock.lock();
    try {
      usedAt = now;
      askedFor++;
      int credit = perSecond / CREDITS_PER_SECOND;
      // What was owed under a higher limit would shut the key for as long as the lower one takes.
      held = Math.max(held, -credit);
      if (isOver(reservedAt, SLICE, now)) {
        held = Math.min(held, credit);
      }
      if (held > -credit) {
        held--;
        return Duration.ZERO;
      }
      return isOver(closedAt, closedFor, now)
          ? reserve(perSecond, credit, now, store)
          : Duration.between(now, closedAt.plus(closedFor));
    } finally {
      lock.unlock();
    }
  }

  /// Whether nobody has asked for so long.
  boolean isIdle(Duration time, Instant now) {
    return isOver(usedAt, time, now);
  }

  private Duration reserve(int perSecond, int credit, Instant now, IntFunction<Grant> store) {
    Grant grant = store.apply(1 - held + ahead(perSecond, now));
    reservedAt = now;
    askedFor = 0;
    held += grant.permits();
    if (held > -credit) {
      held--;
      return Duration.ZERO;
    }
    closedAt = now;
    closedFor = untilWorthAsking(perSecond, credit, grant);
    return closedFor;
  }

  /// As many as were asked for in a slice of late.
  private int ahead(int perSecond, Instant now) {
    long millis = Math.max(SHORTEST_MILLIS, Duration.between(reservedAt, now).toMillis());
    return (int) Math.min(perSecond / SLICES_PER_SECOND, askedFor * SLICE.toMillis() / millis);
  }

  /// Until there is one more than is owed, and not only one where they come by the hundred, so that
  /// callers who insist cost the store little.
  private Duration untilWorthAsking(int perSecond, int credit, Grant grant) {
    int missing = Math.max(1 - credit - held, credit);
    double nanos = NANOS * (grant.permits() > 0 ? missing : missing - 1) / perSecond;
    return wholeMillis(grant.retryAfter().plusNanos((long) nanos));
  }

  /// Rounded up, so that whoever comes back then is not a microsecond early.
  static Duration wholeMillis(Duration time) {
    return Duration.ofMillis(time.plusNanos(NANOS_PER_MILLI - 1).toMillis());
  }

  /// Also when the clock was set back, so that nobody waits for it to come round again.
  private static boolean isOver(Instant since, Duration time, Instant now) {
    return now.isBefore(since) || !now.isBefore(since.plus(time));
  }
}
