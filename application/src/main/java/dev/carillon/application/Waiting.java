package dev.carillon.application;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which messages of a chunk have to wait before they are tried again, and until when.
final class Waiting {
  private final InstantSource clock;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Duration throttlePause;
  private final Map<Integer, Instant> dueTimes = new HashMap<>();

  Waiting(
      InstantSource clock, RetryPolicy retries, RandomGenerator random, Duration throttlePause) {
    this.clock = clock;
    this.retries = retries;
    this.random = random;
    this.throttlePause = throttlePause;
  }

  /// Notes how long the answer makes its message wait, if it does.
  void note(Answer answer) {
    switch (answer.outcome()) {
      case DispatchOutcome.Throttled throttled ->
          wait(answer, Optional.ofNullable(throttled.retryAfter()).orElse(throttlePause));
      case DispatchOutcome.Unreachable unreachable when retries.allowsAnother(answer.attempt()) ->
          wait(answer, longer(backOff(answer), unreachable.retryAfter()));
      default -> dueTimes.remove(answer.position());
    }
  }

  /// Whether the message at a position need not wait (any longer).
  boolean isReady(int position) {
    Instant due = dueTimes.get(position);
    return due == null || !due.isAfter(clock.instant());
  }

  /// When the next of them need not wait any longer; empty when none waits.
  Optional<Instant> firstDue() {
    return dueTimes.values().stream().min(Instant::compareTo);
  }

  /// When none of them need wait any longer: no message is tried before its own time.
  Instant lastDue() {
    return dueTimes.values().stream().max(Instant::compareTo).orElseGet(clock::instant);
  }

  /// What was due at that time waits no longer.
  void dropDue(Instant time) {
    dueTimes.values().removeIf(due -> !due.isAfter(time));
  }

  /// The message was marked again.
  void forget(int position) {
    dueTimes.remove(position);
  }

  private void wait(Answer answer, Duration time) {
    dueTimes.put(answer.position(), clock.instant().plus(time));
  }

  private Duration backOff(Answer answer) {
    return retries.delayAfter(answer.attempt(), random.nextDouble());
  }

  private static Duration longer(Duration one, @Nullable Duration other) {
    return other == null || one.compareTo(other) >= 0 ? one : other;
  }
}
