package dev.carillon.providers.whatsapp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the requests to the messages edge of a business number
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/reference>).
final class WhatsAppRequests {
  private static final String CONTENT_TYPE = "application/json";

  /// Meta's description asks for a name and a version of three numbers.
  private static final String USER_AGENT = "carillon/1.0.0";

  private final WhatsAppConfig config;
  private final Map<String, String> headers;
  private final URI messages;

  WhatsAppRequests(WhatsAppConfig config) {
    this.config = config;
    this.messages = uri(config, config.phoneNumberId());
    this.headers =
        Map.of(
            "Authorization",
            "Bearer " + config.keys().accessToken(),
            "Accept",
            CONTENT_TYPE,
            "User-Agent",
            USER_AGENT);
  }

  /// Why it cannot be written, if it cannot.
  Optional<DispatchOutcome> refusal(OutboundMessage message) {
    if (!(message.content() instanceof WhatsAppContent content)) {
      return Optional.of(
          new DispatchOutcome.Rejected(Reason.ROUTE_REFUSED, "not a channel of Meta's"));
    }
    return phoneNumberId(content).isEmpty()
        ? Optional.of(
            new DispatchOutcome.Rejected(
                Reason.SENDER_REFUSED, "no number of ours goes by that sender"))
        : Optional.empty();
  }

  /// The request for a message that is not refused.
  HttpCall send(OutboundMessage message) {
    if (!(message.content() instanceof WhatsAppContent content)) {
      throw new IllegalArgumentException("not a channel of Meta's");
    }
    JsonObject body = new JsonObject();
    body.addProperty("messaging_product", "whatsapp");
    body.addProperty("recipient_type", "individual");
    body.addProperty("to", message.address());
    body.addProperty("biz_opaque_callback_data", message.ref().toString());
    WhatsAppTemplate template = content.template();
    if (template == null) {
      body.addProperty("type", "text");
      body.add("text", text(content.text()));
    } else {
      body.addProperty("type", "template");
      body.add("template", template(template));
    }
    return new HttpCall(
        "POST",
        uri(phoneNumberId(content).orElseThrow()),
        headers,
        CONTENT_TYPE,
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private URI uri(String phoneNumberId) {
    return phoneNumberId.equals(config.phoneNumberId()) ? messages : uri(config, phoneNumberId);
  }

  private static URI uri(WhatsAppConfig config, String phoneNumberId) {
    return URI.create(config.api() + "/" + config.version() + "/" + phoneNumberId + "/messages");
  }

  /// Jobs name a number or its id.
  private Optional<String> phoneNumberId(WhatsAppContent content) {
    String sender = content.sender();
    if (sender.isEmpty() || sender.equals(config.phoneNumberId())) {
      return Optional.of(config.phoneNumberId());
    }
    return config.numbers().containsValue(sender)
        ? Optional.of(sender)
        : Optional.ofNullable(config.numbers().get(sender));
  }

  private static JsonObject text(String words) {
    JsonObject text = new JsonObject();
    text.addProperty("preview_url", false);
    text.addProperty("body", words);
    return text;
  }

  private static JsonObject template(WhatsAppTemplate template) {
    JsonObject language = new JsonObject();
    language.addProperty("code", template.language());
    JsonObject written = new JsonObject();
    written.addProperty("name", template.name());
    written.add("language", language);
    if (!template.parameters().isEmpty()) {
      JsonArray components = new JsonArray();
      components.add(bodyOf(template.parameters()));
      written.add("components", components);
    }
    return written;
  }

  private static JsonObject bodyOf(List<String> values) {
    JsonArray parameters = new JsonArray();
    for (String value : values) {
      JsonObject parameter = new JsonObject();
      parameter.addProperty("type", "text");
      parameter.addProperty("text", value);
      parameters.add(parameter);
    }
    JsonObject body = new JsonObject();
    body.addProperty("type", "body");
    body.add("parameters", parameters);
    return body;
  }
}
