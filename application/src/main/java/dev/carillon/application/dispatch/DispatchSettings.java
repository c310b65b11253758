package dev.carillon.application.dispatch;

import java.time.Duration;

/// How workers behave.
///
/// @param leaseTime a worker that has not settled for so long loses its chunk to another
/// @param linger how long answers are gathered after the first of them, before they are settled
/// @param throttlePause the wait after a throttled answer that names none
/// @param slice how long a worker stays with a chunk while other jobs wait for it
/// @param doubtMargin how much longer than a lease and a carrier's time-out it takes until what is
///   in doubt is handed over once more
public record DispatchSettings(
    Duration leaseTime,
    Duration linger,
    Duration throttlePause,
    Duration slice,
    Duration doubtMargin) {
  /// 15 s, 5 ms, 1 s, 500 ms, 5 s.
  public static final DispatchSettings DEFAULTS =
      new DispatchSettings(
          Duration.ofSeconds(15),
          Duration.ofMillis(5),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(5));

  public DispatchSettings {
    if (leaseTime.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("a lease lasts at least 100 ms");
    }
  }

  /// After how long what is in doubt may be handed over once more: what a frozen worker or a slow
  /// carrier still does has then come to an end.
  Duration doubtPause(Duration answerTimeout) {
    return leaseTime.plus(answerTimeout).plus(doubtMargin);
  }
}
