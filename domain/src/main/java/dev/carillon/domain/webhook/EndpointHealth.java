package dev.carillon.domain.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the attempts at an endpoint have gone lately. After many failures in a row its circuit is
/// open: one attempt at a time then, and pauses between them, so that a dead endpoint holds nobody
/// up; the first success closes it again. One attempt at a time is also enough while a receiver
/// takes long to answer, whatever it answers.
///
/// @param failures in a row
/// @param failingSince when the first of them was; null without any
/// @param slow whether the last attempt took long
public record EndpointHealth(int failures, @Nullable Instant failingSince, boolean slow) {
  /// Nothing has failed.
  public static final EndpointHealth GOOD = new EndpointHealth(0, null, false);

  /// So many failures in a row open the circuit: a receiver that fails half of the time seldom has
  /// so many.
  public static final int FAILURES_TO_OPEN = 10;

  /// Most receivers answer in a fraction of it; one that does not holds up to four times as much of
  /// a node as others do.
  private static final Duration SLOW = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 10;

  /// After one more attempt; the same when that says nothing of the receiver.
  public EndpointHealth after(DeliveryAnswer answer, Instant now) {
    if (!answer.tellsOfReceiver()) {
      return this;
    }
    boolean tookLong = answer.took().compareTo(SLOW) > 0;
    return answer.delivered()
        ? new EndpointHealth(0, null, tookLong)
        : new EndpointHealth(failures + 1, failingSince == null ? now : failingSince, tookLong);
  }

  /// Whether one attempt at a time is enough.
  public boolean oneAtATime() {
    return slow || isOpen();
  }

  /// Whether there were so many failures that pauses are made.
  public boolean isOpen() {
    return failures >= FAILURES_TO_OPEN;
  }

  /// How long the endpoint is left alone before the next attempt, whatever is due.
  public Duration pause() {
    if (!isOpen()) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - FAILURES_TO_OPEN, MOST_DOUBLINGS);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /// Whether there was nothing but failure for so long.
  public boolean hasFailedFor(Duration time, Instant now) {
    return failingSince != null && !now.isBefore(failingSince.plus(time));
  }
}
