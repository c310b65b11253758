package dev.carillon.providers.simulated;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// A time that differs from message to message.
///
/// @param random thread-safe
record DelayRange(Duration from, Duration to, RandomGenerator random) {
  /// One of them, both ends included.
  Duration draw() {
    return from.equals(to)
        ? from
        : Duration.ofNanos(random.nextLong(from.toNanos(), to.toNanos() + 1));
  }
}
