package dev.carillon.providers.callback;

import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets recipients unsubscribe: by one click of their mail program (POST, RFC 8058), or by a button
/// on a page. Merely to look at the page (GET) changes nothing: scanners follow every link that
/// they see.
public final class UnsubscribePage implements UnsubscribeLinks {
  private static final String HTML = "text/html; charset=utf-8";

  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="robots" content="noindex">
      <title>Unsubscribe</title>
      </head>
      <body>
      %s
      </body>
      </html>
      """;

  private static final String ASK =
      FRAME.formatted(
          """
          <p>Do you want no more of these messages?</p>
          <form method="post"><button type="submit">Unsubscribe</button></form>\
          """);

  private static final String DONE = FRAME.formatted("<p>You are unsubscribed.</p>");

  private final @Nullable RefTokens tokens;
  private final InstantSource clock;

  /// @param place whose secret the links were made with; without one there are no links
  public UnsubscribePage(CallbackPlace place, InstantSource clock) {
    this.tokens = place.secret().isEmpty() ? null : RefTokens.ofUnsubscribe(place.secret());
    this.clock = clock;
  }

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    Optional<MessageRef> ref =
        tokens == null || request.path().isEmpty()
            ? Optional.empty()
            : tokens.read(request.path().substring(1));
    if (ref.isEmpty()) {
      return new CallbackAnswer.NotGenuine();
    }
    return request.method().equals("POST")
        ? new CallbackAnswer.Told(List.of(optOut(ref.get())), HTML, DONE)
        : new CallbackAnswer.Answered(200, HTML, ASK);
  }

  private Notice optOut(MessageRef ref) {
    return new Notice.OfOptOut(
        new OptOut.OfRecipient(ref, SuppressionCause.UNSUBSCRIBE, "", clock.instant()));
  }
}
