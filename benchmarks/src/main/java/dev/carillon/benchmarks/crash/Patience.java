package dev.carillon.benchmarks.crash;

import java.time.Duration;

/// A bounded wait on a condition.
final class Patience {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final long end;

  private Patience(long end) {
    this.end = end;
  }

  static Patience of(Duration most) {
    return new Patience(System.nanoTime() + most.toNanos());
  }

  /// Whether there is no time left.
  boolean isOver() {
    return end - System.nanoTime() <= 0;
  }

  /// Waits until the condition holds; false when the time was over before.
  boolean await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      if (isOver()) {
        return false;
      }
      pause();
    }
    return true;
  }

  /// A moment, before something is looked at again.
  void pause() throws InterruptedException {
    Thread.sleep(LOOK_AGAIN_MILLIS);
  }

  /// Sleeps for what is left.
  void sleepToEnd() throws InterruptedException {
    long left = end - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  interface Condition {
    boolean holds();
  }
}
