package dev.carillon.providers.whatsapp;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpOutcomes;
import dev.carillon.providers.http.HttpResult;
import dev.carillon.providers.http.JsonText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads what Meta answers to the request for a message.
final class WhatsAppAnswers {
  private static final int LONGEST_ID = 255;
  private static final int SERVER_ERROR = 500;

  private final InstantSource clock;

  WhatsAppAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /// What the result of a request means for its message.
  DispatchOutcome read(HttpResult result) {
    return switch (result) {
      case HttpResult.NotSent notSent -> HttpOutcomes.of(notSent);
      case HttpResult.NoAnswer noAnswer -> HttpOutcomes.of(noAnswer);
      case HttpResult.Answered answer -> read(answer);
    };
  }

  private DispatchOutcome read(HttpResult.Answered answer) {
    if (answer.status() >= 200 && answer.status() < 300) {
      return taken(answer);
    }
    OptionalLong code =
        JsonText.object(answer.body())
            .flatMap(body -> JsonText.object(body, "error"))
            .map(error -> JsonText.number(error, "code"))
            .orElse(OptionalLong.empty());
    if (code.isEmpty()) {
      return plain(answer, "");
    }
    return WhatsAppErrorCodes.of(code.getAsLong())
        .map(known ->
            answer.status() >= SERVER_ERROR && !known.saysNothingWasSent()
                ? new DispatchOutcome.Unconfirmed(known.detail() + ", HTTP " + answer.status())
                : known.outcome(retryAfter(answer)))
        .orElseGet(() -> plain(answer, code.getAsLong() + " "));
  }

  private static DispatchOutcome taken(HttpResult.Answered answer) {
    Optional<String> id =
        JsonText.object(answer.body())
            .map(body -> JsonText.objects(body, "messages"))
            .filter(messages -> messages.size() == 1)
            .flatMap(messages -> JsonText.text(messages.getFirst(), "id"))
            .filter(text -> !text.isBlank() && text.length() <= LONGEST_ID);
    return answer.truncated() || id.isEmpty()
        ? new DispatchOutcome.Unconfirmed("an answer that cannot be read")
        // Looked up by where a webhook does not bring our reference back.
        : new DispatchOutcome.Accepted(id.get(), List.of(id.get()));
  }

  /// Without a code that is known.
  private DispatchOutcome plain(HttpResult.Answered answer, String code) {
    int status = answer.status();
    String detail = code + "HTTP " + status;
    if (status >= SERVER_ERROR) {
      return new DispatchOutcome.Unconfirmed(detail);
    }
    return switch (status) {
      case 401, 403 -> new DispatchOutcome.Unreachable(Reason.ACCOUNT_REFUSED, detail, null);
      // RFC 9110, section 15.5.9: the request did not come in whole.
      case 408 -> new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail, null);
      case 429 -> new DispatchOutcome.Throttled(retryAfter(answer));
      default ->
          status < 400
              ? new DispatchOutcome.Unconfirmed(detail)
              : new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, detail);
    };
  }

  private @Nullable Duration retryAfter(HttpResult.Answered answer) {
    return HttpOutcomes.retryAfter(answer, clock).orElse(null);
  }
}
