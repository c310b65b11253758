package dev.carillon.providers.simulated;

import java.time.Duration;

/// How the carrier's threads end.
final class Threads {
  /// How long closing waits for one of them.
  static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private Threads() {}

  /// Waits for a thread's end; false when it has not ended by then. One that was never started has
  /// ended. An interrupt ends the waiting and stays set.
  static boolean awaitEnd(Thread thread, Duration atMost) {
    try {
      return thread.getState() == Thread.State.NEW || thread.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }
}
