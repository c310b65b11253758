package dev.carillon.providers.twilio;

import com.google.gson.JsonObject;
import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.Carrier.Inquiry;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpResult;
import dev.carillon.providers.http.JsonText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks through what Twilio sent to the address for the one message that can only be the one in
/// question: the same words, made while its request was under way, and known as no other's. When
/// there is none or more than one it says nothing; it never says that a message was not taken,
/// because the request may still be on its way.
final class TwilioInquiry implements Inquiry {
  /// How far Twilio's clock may be off, whole seconds of its times included.
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final int OK = 200;

  private final TwilioRequests requests;
  private final TwilioDoubts doubts;
  private final CarrierHttp http;
  private final Duration patience;

  /// @param patience no request is begun after this
  TwilioInquiry(TwilioRequests requests, TwilioDoubts doubts, CarrierHttp http, Duration patience) {
    this.requests = requests;
    this.doubts = doubts;
    this.http = http;
    this.patience = patience;
  }

  @Override
  public Map<MessageRef, Finding> ask(Collection<MessageRef> messages) {
    long end = System.nanoTime() + patience.toNanos();
    Map<MessageRef, Finding> findings = new HashMap<>();
    for (MessageRef ref : messages) {
      Optional<TwilioDoubts.Doubt> doubt = doubts.of(ref);
      if (doubt.isPresent() && System.nanoTime() < end) {
        find(doubt.get())
            .ifPresent(sid -> {
              doubts.settle(ref, sid);
              findings.put(ref, new Finding.Taken(sid));
            });
      }
    }
    return Map.copyOf(findings);
  }

  private Optional<String> find(TwilioDoubts.Doubt doubt) {
    if (doubts.hasTwin(doubt)) {
      return Optional.empty();
    }
    List<String> found =
        listed(doubt).stream()
            .filter(message -> isIt(message, doubt))
            .flatMap(message -> JsonText.text(message, "sid").stream())
            .filter(doubts::isFree)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private List<JsonObject> listed(TwilioDoubts.Doubt doubt) {
    return http.send(requests.list(doubt.address())) instanceof HttpResult.Answered answer
            && answer.status() == OK
            && !answer.truncated()
        ? JsonText.object(answer.body())
            .map(page -> JsonText.objects(page, "messages"))
            .orElse(List.of())
        : List.of();
  }

  private static boolean isIt(JsonObject message, TwilioDoubts.Doubt doubt) {
    return JsonText.text(message, "body").filter(doubt.words()::equals).isPresent()
        && JsonText.text(message, "to").filter(doubt.address()::equals).isPresent()
        && JsonText.text(message, "direction").filter("outbound-api"::equals).isPresent()
        && JsonText.text(message, "date_created")
            .flatMap(TwilioInquiry::time)
            .filter(time -> !time.isBefore(doubt.from().minus(MARGIN)))
            .filter(time -> !time.isAfter(doubt.to().plus(MARGIN)))
            .isPresent();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
