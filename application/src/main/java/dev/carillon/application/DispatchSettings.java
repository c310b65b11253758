package dev.carillon.application;

import java.time.Duration;

/// How workers behave.
///
/// @param leaseTime a worker that has not settled for so long loses its chunk to another
/// @param linger how long answers are gathered after the first of them, before they are settled
/// @param throttlePause the wait after a throttled answer that names none
public record DispatchSettings(Duration leaseTime, Duration linger, Duration throttlePause) {
  /// 15 s, 5 ms, 1 s.
  public static final DispatchSettings DEFAULTS =
      new DispatchSettings(Duration.ofSeconds(15), Duration.ofMillis(5), Duration.ofSeconds(1));

  public DispatchSettings {
    if (leaseTime.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("a lease lasts at least 100 ms");
    }
  }
}
