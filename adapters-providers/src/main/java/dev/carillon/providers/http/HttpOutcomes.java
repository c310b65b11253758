package dev.carillon.providers.http;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What the results of requests mean for messages, as far as it is the same for every carrier.
public final class HttpOutcomes {
  /// Longer than this nobody is waited for at a stretch.
  private static final Duration MOST = Duration.ofDays(1);

  private HttpOutcomes() {}

  /// It never got there.
  public static DispatchOutcome of(HttpResult.NotSent notSent) {
    return DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, notSent.why());
  }

  /// It may have got there.
  public static DispatchOutcome of(HttpResult.NoAnswer noAnswer) {
    return new DispatchOutcome.Unconfirmed(noAnswer.why());
  }

  /// How long an answer asks to wait (RFC 9110, section 10.2.3: seconds or a date), at most a day;
  /// empty when it does not say, or not so that it can be read.
  public static Optional<Duration> retryAfter(HttpResult.Answered answer, InstantSource clock) {
    return answer.header("retry-after").map(String::strip).flatMap(value -> wait(value, clock));
  }

  private static Optional<Duration> wait(String value, InstantSource clock) {
    try {
      Duration wait =
          value.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Integer.parseInt(value))
              : Duration.between(clock.instant(), date(value));
      return wait.isNegative()
          ? Optional.of(Duration.ZERO)
          : Optional.of(wait.compareTo(MOST) > 0 ? MOST : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant date(String value) {
    return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
