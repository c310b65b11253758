package dev.carillon.bootstrap.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits, for a bounded time, for something that nobody announces.
final class Until {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Until() {}

  /// Returns when the condition holds; an error that names it when it does not within a minute.
  static void holds(String what, Condition condition) throws Exception {
    if (!within(MOST, condition)) {
      throw new AssertionError("not within " + MOST + ": " + what);
    }
  }

  /// Whether the condition comes to hold within the time.
  static boolean within(Duration most, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > most.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /// Returns when the time is over: how long a fault lasts.
  static void isOver(Duration time) throws Exception {
    within(time, () -> false);
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }
}
