package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.time.Duration;

/// Waits for something that nobody announces, such as the end of a process of another parent.
final class Poll {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Poll() {}

  /// True as soon as the condition holds, false when it did not within the limit.
  static boolean until(Duration limit, Condition condition)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }
}
