package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which messages of a chunk have to wait before they are tried (again), and until when.
final class Waiting {
  private final InstantSource clock;
  private final Rules rules;
  private final @Nullable SendHours hours;
  private final Map<Integer, Instant> dueTimes;

  /// @param dueTimes what had to wait already
  /// @param hours of the job's send window; null when it has none
  Waiting(
      InstantSource clock, Rules rules, Map<Integer, Instant> dueTimes, @Nullable SendHours hours) {
    this.clock = clock;
    this.rules = rules;
    this.hours = hours;
    this.dueTimes = new HashMap<>(dueTimes);
  }

  /// Notes how long the answer makes its message wait, if it does.
  ///
  /// @param goesOn whether the run goes on, so that what was withdrawn was so for another reason
  void note(Answer answer, boolean goesOn) {
    switch (answer.outcome()) {
      case DispatchOutcome.Throttled throttled ->
          wait(answer.position(), rules.afterThrottling(throttled.retryAfter()));
      case DispatchOutcome.Unreachable unreachable
          when answer.resent() || rules.retries().allowsAnother(answer.attempt()) ->
          wait(answer.position(), rules.afterAttempt(answer.attempt(), unreachable.retryAfter()));
      case DispatchOutcome.Withdrawn _ when goesOn ->
          wait(answer.position(), rules.throttlePause());
      case DispatchOutcome.Unconfirmed _ when rules.resends() ->
          wait(answer.position(), rules.doubtPause());
      default -> dueTimes.remove(answer.position());
    }
  }

  /// Notes that these are in doubt since a lease has lapsed.
  void rescued(Collection<Integer> positions) {
    if (rules.resends()) {
      positions.forEach(position -> wait(position, rules.doubtPause()));
    }
  }

  /// Whether the message at a position need not wait (any longer).
  boolean isReady(int position) {
    Instant now = clock.instant();
    Instant due = dueTimes.get(position);
    return (due == null || !due.isAfter(now)) && (hours == null || hours.isOpen(position, now));
  }

  /// When the next of them need not wait any longer; empty when none waits.
  Optional<Instant> firstDue() {
    Optional<Instant> due = dueTimes.values().stream().min(Instant::compareTo);
    if (hours == null) {
      return due;
    }
    Optional<Instant> opens = hours.opensNext(clock.instant());
    return due.filter(time -> opens.isEmpty() || time.isBefore(opens.get())).or(() -> opens);
  }

  /// What has to wait, and until when.
  Map<Integer, Instant> dueTimes() {
    return Map.copyOf(dueTimes);
  }

  /// What was due at that time waits no longer.
  void dropDue(Instant time) {
    dueTimes.values().removeIf(due -> !due.isAfter(time));
  }

  /// These were marked again.
  void forget(Collection<Settled.Marked> marked) {
    if (!dueTimes.isEmpty()) {
      marked.forEach(message -> dueTimes.remove(message.position()));
    }
  }

  private void wait(int position, Duration time) {
    dueTimes.put(position, clock.instant().plus(time));
  }

  /// How long what waits.
  ///
  /// @param throttlePause the wait after a throttled answer that names none
  /// @param resends whether what is in doubt is handed over once more
  /// @param doubtPause after how long
  record Rules(
      RetryPolicy retries,
      RandomGenerator random,
      Duration throttlePause,
      boolean resends,
      Duration doubtPause) {

    Duration afterThrottling(@Nullable Duration asked) {
      return retries.capped(asked == null ? throttlePause : asked);
    }

    Duration afterAttempt(int attempt, @Nullable Duration asked) {
      Duration backOff = retries.delayAfter(attempt, random.nextDouble());
      return asked == null || asked.compareTo(backOff) < 0 ? backOff : retries.capped(asked);
    }
  }
}
