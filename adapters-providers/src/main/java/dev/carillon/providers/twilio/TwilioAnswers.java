package dev.carillon.providers.twilio;

import com.google.gson.JsonObject;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpOutcomes;
import dev.carillon.providers.http.HttpResult;
import dev.carillon.providers.http.JsonText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what Twilio answers to the request for a message.
final class TwilioAnswers {
  private static final Pattern SID = Pattern.compile("(SM|MM)[0-9a-fA-F]{32}");
  private static final Set<String> FAILED = Set.of("failed", "undelivered", "canceled");
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final InstantSource clock;

  TwilioAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /// What the result of a request means for its message.
  Reading read(HttpResult result) {
    return switch (result) {
      case HttpResult.NotSent notSent -> new Reading(HttpOutcomes.of(notSent), null);
      case HttpResult.NoAnswer noAnswer -> new Reading(HttpOutcomes.of(noAnswer), null);
      case HttpResult.Answered answer -> read(answer);
    };
  }

  private Reading read(HttpResult.Answered answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return taken(answer);
    }
    if (status >= SERVER_ERROR) {
      // "possible to receive multiple": https://www.twilio.com/docs/api/errors/20500
      return new Reading(new DispatchOutcome.Unconfirmed("HTTP " + status), null);
    }
    if (status == TOO_MANY_REQUESTS) {
      // "never processed": https://www.twilio.com/docs/api/errors/20429
      return new Reading(new DispatchOutcome.Throttled(retryAfter(answer)), null);
    }
    return code(answer, "code").map(code -> coded(code, answer)).orElseGet(() -> plain(answer));
  }

  private Reading taken(HttpResult.Answered answer) {
    Optional<JsonObject> message = JsonText.object(answer.body());
    Optional<String> sid =
        message.flatMap(it -> JsonText.text(it, "sid")).filter(it -> SID.matcher(it).matches());
    if (answer.truncated() || sid.isEmpty()) {
      return new Reading(new DispatchOutcome.Unconfirmed("an answer that cannot be read"), null);
    }
    boolean failed =
        message.flatMap(it -> JsonText.text(it, "status")).filter(FAILED::contains).isPresent();
    if (failed) {
      // Nobody calls back about the status that a message begins with.
      return code(answer, "error_code")
          .map(code -> coded(code, answer))
          .orElseGet(() -> new Reading(refused("failed at once"), null));
    }
    return new Reading(new DispatchOutcome.Accepted(sid.get()), null);
  }

  private Reading coded(long number, HttpResult.Answered answer) {
    return TwilioErrorCodes.of(number)
        .map(code -> new Reading(code.outcome(retryAfter(answer)), code))
        .orElseGet(() -> plain(answer, number + " "));
  }

  private static Reading plain(HttpResult.Answered answer) {
    return plain(answer, "");
  }

  private static Reading plain(HttpResult.Answered answer, String code) {
    String detail = code + "HTTP " + answer.status();
    return new Reading(
        switch (answer.status()) {
          case 401, 403, 404 ->
              new DispatchOutcome.Unreachable(Reason.ACCOUNT_REFUSED, detail, null);
          // RFC 9110, section 15.5.9: the request did not come in whole.
          case 408 -> new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail, null);
          default ->
              answer.status() < 400 ? new DispatchOutcome.Unconfirmed(detail) : refused(detail);
        },
        null);
  }

  private static DispatchOutcome refused(String detail) {
    return new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, detail);
  }

  private static Optional<Long> code(HttpResult.Answered answer, String name) {
    OptionalLong code =
        JsonText.object(answer.body()).stream()
            .mapToLong(it -> JsonText.number(it, name).orElse(0))
            .filter(it -> it > 0)
            .findFirst();
    return code.isPresent() ? Optional.of(code.getAsLong()) : Optional.empty();
  }

  private @Nullable Duration retryAfter(HttpResult.Answered answer) {
    return HttpOutcomes.retryAfter(answer, clock).orElse(null);
  }

  /// What was read.
  ///
  /// @param code that was given; null when none that is known was
  record Reading(DispatchOutcome outcome, @Nullable TwilioErrorCodes code) {}
}
