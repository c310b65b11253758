package dev.carillon.domain.webhook;

import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When the delivery of an event is tried again.
///
/// @param giveUpAfter from when it was first due
public record DeliverySchedule(Duration giveUpAfter) {
  /// Three days, as Standard Webhooks advises ("Deliverability").
  public static final DeliverySchedule DEFAULT = new DeliverySchedule(Duration.ofDays(3));

  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  /// The longest that a receiver may ask to be left alone.
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private static final double JITTER = 0.1;

  /// How long to wait after a failed attempt; empty when it is the last.
  ///
  /// @param tries since it began, or began anew, from 1
  /// @param firstDue when the first of them was due
  /// @param jitter from 0 to 1: spreads attempts that failed together
  public Optional<Duration> after(
      DeliveryAnswer answer, int tries, Instant firstDue, Instant now, double jitter) {
    if (answer instanceof Answered answered && answered.gone()) {
      return Optional.empty();
    }
    Duration delay = spread(DELAYS.get(Math.min(tries, DELAYS.size()) - 1), jitter);
    Duration asked = asked(answer);
    Duration wait = asked.compareTo(delay) > 0 ? asked : delay;
    return now.plus(wait).isAfter(firstDue.plus(giveUpAfter))
        ? Optional.empty()
        : Optional.of(wait);
  }

  /// How long a receiver asks to be left alone with everything, since it is too busy or not there
  /// (status 429 or 503, RFC 6585 section 4 and RFC 9110 section 15.6.4), as far as it is obeyed.
  public static Duration pauseAsked(DeliveryAnswer answer) {
    return answer instanceof Answered answered && answered.busy() ? asked(answer) : Duration.ZERO;
  }

  private static Duration asked(DeliveryAnswer answer) {
    if (answer instanceof Answered answered && answered.retryAfter() != null) {
      Duration asked = answered.retryAfter();
      return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }
    return Duration.ZERO;
  }

  private static Duration spread(Duration delay, double jitter) {
    return delay.plusMillis(Math.round(delay.toMillis() * JITTER * jitter));
  }
}
