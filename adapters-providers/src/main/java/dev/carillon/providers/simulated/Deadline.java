package dev.carillon.providers.simulated;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Until when a call may wait, for all that it waits for.
record Deadline(long at) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// Takes permits, waiting for them if need be; false when they were not to be had by then. An
  /// interrupt ends the waiting and stays set.
  boolean acquire(Semaphore permits, int count) {
    if (permits.tryAcquire(count)) {
      return true;
    }
    try {
      return permits.tryAcquire(count, at - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Takes one permit at least, waiting for it if need be, and more, up to a number, as they are
  /// there. The number taken; 0 when none was to be had by then.
  int acquireSome(Semaphore permits, int most) {
    if (!acquire(permits, 1)) {
      return 0;
    }
    int more = Math.min(most - 1, permits.availablePermits());
    return more > 0 && permits.tryAcquire(more) ? more + 1 : 1;
  }
}
