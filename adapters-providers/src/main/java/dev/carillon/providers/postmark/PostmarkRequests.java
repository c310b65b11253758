package dev.carillon.providers.postmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.RefTokens;
import dev.carillon.providers.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes what Postmark is asked
/// (<https://postmarkapp.com/developer/api/email-api#send-batch-emails>).
final class PostmarkRequests {
  /// The name that our reference has among a mail's metadata; at most 20 characters
  /// (<https://postmarkapp.com/support/article/1125-custom-metadata-faq>).
  static final String REFERENCE = "carillon-ref";

  private static final String UNSUBSCRIBE = "List-Unsubscribe";

  private final PostmarkConfig config;
  private final CallbackPlace place;
  private final @Nullable RefTokens unsubscribes;
  private final Map<String, String> headers;

  PostmarkRequests(PostmarkConfig config, CallbackPlace place) {
    this.config = config;
    this.place = place;
    this.unsubscribes =
        config.mail().unsubscribe() && !place.secret().isEmpty()
            ? RefTokens.ofUnsubscribe(place.secret())
            : null;
    this.headers =
        Map.of("Accept", "application/json", "X-Postmark-Server-Token", config.serverToken());
  }

  /// Sends mails that are written already.
  HttpCall send(List<JsonObject> mails) {
    JsonArray batch = new JsonArray(mails.size());
    mails.forEach(batch::add);
    return new HttpCall(
        "POST",
        at("/email/batch"),
        headers,
        "application/json",
        batch.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Asks whether it has a mail.
  HttpCall find(MessageRef ref) {
    return new HttpCall(
        "GET",
        at("/messages/outbound?count=1&offset=0&metadata_" + REFERENCE + "=" + ref),
        headers,
        "",
        new byte[0]);
  }

  /// One mail of a batch.
  JsonObject mail(OutboundMessage message, EmailContent content) {
    JsonObject mail = new JsonObject();
    mail.addProperty("From", content.from().isEmpty() ? config.mail().from() : content.from());
    mail.addProperty("To", message.address());
    addText(mail, "ReplyTo", content.replyTo());
    mail.addProperty("Subject", content.subject());
    addText(mail, "TextBody", content.text());
    addText(mail, "HtmlBody", content.html());
    mail.addProperty("MessageStream", config.mail().stream());
    mail.addProperty("TrackOpens", config.mail().trackOpens());
    mail.add("Headers", headers(message, content));
    JsonObject metadata = new JsonObject();
    metadata.addProperty(REFERENCE, message.ref().toString());
    mail.add("Metadata", metadata);
    return mail;
  }

  private JsonArray headers(OutboundMessage message, EmailContent content) {
    JsonArray list = new JsonArray();
    content.headers().forEach((name, value) -> list.add(header(name, value)));
    Optional<URI> link =
        Optional.ofNullable(unsubscribes)
            .flatMap(tokens -> place.unsubscribe(tokens.token(message.ref())));
    if (link.isPresent() && !hasOwn(content)) {
      // RFC 8058, 3.1
      list.add(header(UNSUBSCRIBE, "<" + link.get() + ">"));
      list.add(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    return list;
  }

  private static boolean hasOwn(EmailContent content) {
    return content.headers().keySet().stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals("list-unsubscribe"));
  }

  private static JsonObject header(String name, String value) {
    JsonObject header = new JsonObject();
    header.addProperty("Name", name);
    header.addProperty("Value", value);
    return header;
  }

  private static void addText(JsonObject mail, String name, String text) {
    if (!text.isEmpty()) {
      mail.addProperty(name, text);
    }
  }

  private URI at(String path) {
    String base = config.api().toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
