package dev.carillon.providers.twilio;

import com.google.gson.JsonObject;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.http.HttpCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the requests to Twilio's Messages resource
/// (<https://www.twilio.com/docs/messaging/api/message-resource>).
final class TwilioRequests {
  private static final String WHATSAPP = "whatsapp:";

  /// Bounds of `ValidityPeriod`, in seconds.
  private static final long SHORTEST_VALIDITY = 1;

  private static final long LONGEST_VALIDITY = 36_000;

  /// Twilio lists the latest first; more than this nobody is sent within an answer time-out.
  private static final int LISTED = 50;

  private static final byte[] NO_BODY = {};

  private final TwilioConfig config;
  private final @Nullable URI callbacks;
  private final InstantSource clock;
  private final URI messages;
  private final Map<String, String> headers;

  /// @param callbacks where Twilio tells what becomes of messages; null where it cannot
  TwilioRequests(TwilioConfig config, @Nullable URI callbacks, InstantSource clock) {
    this.config = config;
    this.callbacks = callbacks;
    this.clock = clock;
    this.messages =
        URI.create(
            config.api() + "/2010-04-01/Accounts/" + config.account().sid() + "/Messages.json");
    this.headers = Map.of("Authorization", basic(config.account()), "Accept", "application/json");
  }

  /// Why it cannot be written, if it cannot.
  Optional<DispatchOutcome> refusal(OutboundMessage message) {
    return switch (message.content()) {
      case SmsContent _ -> Optional.empty();
      case WhatsAppContent whatsApp -> refusal(whatsApp.template());
      default -> refused(Reason.ROUTE_REFUSED, "not a channel of Twilio's");
    };
  }

  private Optional<DispatchOutcome> refusal(@Nullable WhatsAppTemplate template) {
    return template == null || contentSid(template).isPresent()
        ? Optional.empty()
        : refused(Reason.CONTENT_REFUSED, "no content template of Twilio's stands for it");
  }

  private static Optional<DispatchOutcome> refused(Reason reason, String detail) {
    return Optional.of(new DispatchOutcome.Rejected(reason, detail));
  }

  /// The request for a message that is not refused.
  HttpCall send(OutboundMessage message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("To", to(message));
    if (callbacks != null) {
      fields.put("StatusCallback", callbacks + "?" + TwilioCallbacks.REF + "=" + message.ref());
    }
    switch (message.content()) {
      case SmsContent sms -> put(sms, message.deadline(), fields);
      case WhatsAppContent whatsApp -> put(whatsApp, fields);
      default -> throw new IllegalArgumentException("not a channel of Twilio's");
    }
    return new HttpCall(
        "POST", messages, headers, TwilioForm.CONTENT_TYPE, TwilioForm.write(fields));
  }

  /// The request for what was lately sent to an address. It is not bounded by `DateSent`: what
  /// Twilio has not passed on yet has none.
  HttpCall list(String to) {
    String query = "?To=" + URLEncoder.encode(to, StandardCharsets.UTF_8) + "&PageSize=" + LISTED;
    return new HttpCall("GET", URI.create(messages + query), headers, "", NO_BODY);
  }

  /// Whom it goes to, as Twilio writes it.
  static String to(OutboundMessage message) {
    return message.content() instanceof WhatsAppContent
        ? WHATSAPP + message.address()
        : message.address();
  }

  /// The words that Twilio shows of a message; empty when it has them from a template.
  static Optional<String> words(Content content) {
    return switch (content) {
      case SmsContent sms -> Optional.of(sms.text());
      case WhatsAppContent whatsApp when whatsApp.template() == null ->
          Optional.of(whatsApp.text());
      default -> Optional.empty();
    };
  }

  private void put(SmsContent sms, Instant deadline, Map<String, String> fields) {
    fields.put("Body", sms.text());
    if (!sms.sender().isEmpty()) {
      fields.put("From", sms.sender());
    } else if (!config.senders().messagingService().isEmpty()) {
      fields.put("MessagingServiceSid", config.senders().messagingService());
    } else {
      fields.put("From", config.senders().sms());
    }
    fields.put("ValidityPeriod", Long.toString(validity(deadline)));
    fields.put("SmartEncoded", Boolean.toString(config.smartEncoding()));
  }

  private void put(WhatsAppContent content, Map<String, String> fields) {
    String sender = content.sender().isEmpty() ? config.senders().whatsApp() : content.sender();
    fields.put("From", WHATSAPP + sender);
    WhatsAppTemplate template = content.template();
    if (template == null) {
      fields.put("Body", content.text());
    } else {
      fields.put("ContentSid", contentSid(template).orElseThrow());
      if (!template.parameters().isEmpty()) {
        fields.put("ContentVariables", variables(template.parameters()));
      }
    }
  }

  /// Templates have no name at Twilio that could be sent, only a sid.
  private Optional<String> contentSid(WhatsAppTemplate template) {
    if (TwilioConfig.isContentSid(template.name())) {
      return Optional.of(template.name());
    }
    String exact = config.templates().get(template.name() + "/" + template.language());
    return Optional.ofNullable(exact == null ? config.templates().get(template.name()) : exact);
  }

  private static String variables(List<String> parameters) {
    JsonObject variables = new JsonObject();
    for (int i = 0; i < parameters.size(); i++) {
      variables.addProperty(Integer.toString(i + 1), parameters.get(i));
    }
    return variables.toString();
  }

  private long validity(Instant deadline) {
    long left = Duration.between(clock.instant(), deadline).toSeconds();
    return Math.clamp(left, SHORTEST_VALIDITY, LONGEST_VALIDITY);
  }

  private static String basic(TwilioConfig.Account account) {
    String user =
        account.keySid().isEmpty()
            ? account.sid() + ":" + account.authToken()
            : account.keySid() + ":" + account.keySecret();
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
