package dev.carillon.providers.postmark;

import com.google.gson.JsonObject;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.CarrierHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Sends mails together, as many with one request as Postmark takes octets.
final class Batches {
  /// Further requests for the same mails are begun for so long, since that is how old the
  /// permission to send may become; what is left then is given back.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Of text; escaped and with its names it stays far below the 50 MB of a payload
  /// (https://postmarkapp.com/developer/user-guide/send-email-with-api/batch-emails).
  private static final int MOST_CHARACTERS = 8_000_000;

  private static final PostmarkAnswers.Result NO_MAIL =
      new PostmarkAnswers.Result(
          new DispatchOutcome.Rejected(Reason.INVALID_CONTENT, "not a mail"));

  private static final PostmarkAnswers.Result NO_TIME =
      new PostmarkAnswers.Result(new DispatchOutcome.Throttled(null));

  private final PostmarkRequests requests;
  private final PostmarkAnswers answers;
  private final CarrierHttp http;
  private final LongSupplier nanoTime;

  /// @param nanoTime the JVM's own clock
  Batches(
      PostmarkRequests requests, PostmarkAnswers answers, CarrierHttp http, LongSupplier nanoTime) {
    this.requests = requests;
    this.answers = answers;
    this.http = http;
    this.nanoTime = nanoTime;
  }

  /// Sends messages and tells what came of each, in their order.
  List<PostmarkAnswers.Result> send(List<OutboundMessage> messages) {
    long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
    List<PostmarkAnswers.Result> results = new ArrayList<>(messages.size());
    int next = 0;
    while (next < messages.size()) {
      int end = end(messages, next);
      List<OutboundMessage> batch = messages.subList(next, end);
      boolean inTime = next == 0 || nanoTime.getAsLong() - deadline < 0;
      results.addAll(inTime ? sendOne(batch) : batch.stream().map(_ -> NO_TIME).toList());
      next = end;
    }
    return results;
  }

  private List<PostmarkAnswers.Result> sendOne(List<OutboundMessage> messages) {
    List<JsonObject> mails = messages.stream().flatMap(message -> mail(message).stream()).toList();
    Iterator<PostmarkAnswers.Result> results =
        mails.isEmpty()
            ? Collections.emptyIterator()
            : answers.read(http.send(requests.send(mails)), mails.size()).iterator();
    return messages.stream()
        .map(message -> message.content() instanceof EmailContent ? results.next() : NO_MAIL)
        .toList();
  }

  private Optional<JsonObject> mail(OutboundMessage message) {
    return message.content() instanceof EmailContent content
        ? Optional.of(requests.mail(message, content))
        : Optional.empty();
  }

  private static int end(List<OutboundMessage> messages, int first) {
    int end = first;
    long characters = 0;
    while (end < messages.size()) {
      characters += characters(messages.get(end));
      if (end > first && characters > MOST_CHARACTERS) {
        return end;
      }
      end++;
    }
    return end;
  }

  private static long characters(OutboundMessage message) {
    return message.content() instanceof EmailContent mail
        ? (long) mail.html().length() + mail.text().length()
        : 0;
  }
}
