package dev.carillon.providers.postmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpOutcomes;
import dev.carillon.providers.http.HttpResult;
import dev.carillon.providers.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads what Postmark answers to a batch: one result for each mail, in their order, or one for
/// all.
final class PostmarkAnswers {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int BUSY = 429;

  /// From here on its own side failed.
  private static final int SERVER_ERROR = 500;

  private final InstantSource clock;

  PostmarkAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /// What became of so many mails.
  List<Result> read(HttpResult result, int mails) {
    return switch (result) {
      case HttpResult.NotSent notSent -> all(HttpOutcomes.of(notSent), mails);
      case HttpResult.NoAnswer noAnswer -> all(HttpOutcomes.of(noAnswer), mails);
      case HttpResult.Answered answered -> read(answered, mails);
    };
  }

  private List<Result> read(HttpResult.Answered answered, int mails) {
    if (answered.status() != OK) {
      return Collections.nCopies(mails, ofAll(answered));
    }
    List<Result> results = new ArrayList<>(mails);
    List<@Nullable JsonObject> items = items(answered);
    for (int i = 0; i < mails; i++) {
      JsonObject item = i < items.size() ? items.get(i) : null;
      results.add(item == null ? unreadable() : ofOne(item, answered));
    }
    return results;
  }

  private Result ofOne(JsonObject item, HttpResult.Answered answered) {
    OptionalLong code = JsonText.number(item, "ErrorCode");
    Optional<String> id = JsonText.text(item, "MessageID");
    if (code.isEmpty() || (code.getAsLong() == 0 && id.isEmpty())) {
      return unreadable();
    }
    return of(code.getAsLong(), id.orElse(""), answered);
  }

  /// The whole request was refused, or failed.
  private Result ofAll(HttpResult.Answered answered) {
    OptionalLong code =
        JsonText.object(answered.body()).stream()
            .flatMapToLong(body -> JsonText.number(body, "ErrorCode").stream())
            .findFirst();
    if (code.isPresent() && code.getAsLong() != 0 && decides(code.getAsLong(), answered.status())) {
      return of(code.getAsLong(), "", answered);
    }
    String detail = "HTTP " + answered.status();
    return new Result(
        switch (answered.status()) {
          case UNAUTHORIZED, NOT_FOUND ->
              new DispatchOutcome.Unreachable(Reason.ACCOUNT_REFUSED, detail, null);
          // stopped before its API (https://postmarkapp.com/support/article/
          // getting-a-403-that-doesnt-look-like-a-postmark-error)
          case FORBIDDEN ->
              new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail, null);
          case TOO_LARGE -> new DispatchOutcome.Rejected(Reason.CONTENT_REFUSED, detail);
          case BUSY -> new DispatchOutcome.Throttled(retryAfter(answered));
          default -> ofStatus(answered.status(), detail);
        });
  }

  /// A code beside a failure on Postmark's side proves nothing, unless it says that nothing was
  /// begun.
  private static boolean decides(long code, int status) {
    boolean refused = status >= 400 && status < SERVER_ERROR;
    PostmarkErrorCodes line = PostmarkErrorCodes.of(code);
    return refused || line == PostmarkErrorCodes.MAINTENANCE || line == PostmarkErrorCodes.RATE;
  }

  /// "In most cases the message is lost" (https://postmarkapp.com/developer/api/overview, HTTP 500)
  /// is no proof that it is.
  private static DispatchOutcome ofStatus(int status, String detail) {
    return status < SERVER_ERROR && status >= 400
        ? new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, detail)
        : new DispatchOutcome.Unconfirmed(detail);
  }

  private Result of(long code, String id, HttpResult.Answered answered) {
    PostmarkErrorCodes line = PostmarkErrorCodes.of(code);
    return new Result(line.outcome(String.valueOf(code), id, retryAfter(answered)), line);
  }

  private @Nullable Duration retryAfter(HttpResult.Answered answered) {
    return HttpOutcomes.retryAfter(answered, clock).orElse(null);
  }

  private static List<@Nullable JsonObject> items(HttpResult.Answered answered) {
    try {
      JsonElement read =
          JsonParser.parseString(new String(answered.body(), StandardCharsets.UTF_8));
      List<@Nullable JsonObject> items = new ArrayList<>();
      if (read instanceof JsonArray list && !answered.truncated()) {
        list.forEach(element -> items.add(element instanceof JsonObject item ? item : null));
      }
      return items;
    } catch (JsonParseException | NumberFormatException unreadable) {
      return List.of();
    }
  }

  private static List<Result> all(DispatchOutcome outcome, int mails) {
    return Collections.nCopies(mails, new Result(outcome));
  }

  private static Result unreadable() {
    return new Result(new DispatchOutcome.Unconfirmed("no readable result"));
  }

  /// What became of one mail.
  ///
  /// @param code what Postmark said; null where it said nothing of it
  record Result(DispatchOutcome outcome, @Nullable PostmarkErrorCodes code) {
    Result(DispatchOutcome outcome) {
      this(outcome, null);
    }
  }
}
