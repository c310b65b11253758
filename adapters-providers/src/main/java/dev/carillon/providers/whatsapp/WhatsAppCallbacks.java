package dev.carillon.providers.whatsapp;

import com.google.gson.JsonObject;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import dev.carillon.providers.callback.Callbacks;
import dev.carillon.providers.http.JsonText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes Meta's calls: the handshake by which it verifies our address, and webhooks with what
/// became of messages and what people send back.
final class WhatsAppCallbacks implements Callbacks {
  private static final int OK = 200;

  /// Meta's are ten digits; nothing longer is repeated to whoever asks.
  private static final int LONGEST_CHALLENGE = 256;

  private final WhatsAppSignature signature;
  private final WhatsAppReceipts receipts;
  private final WhatsAppInbound inbound;
  private final InstantSource clock;

  WhatsAppCallbacks(CarrierId carrier, WhatsAppConfig config, InstantSource clock) {
    this.signature = new WhatsAppSignature(config.keys());
    this.receipts = new WhatsAppReceipts(carrier);
    this.inbound = new WhatsAppInbound(carrier, config);
    this.clock = clock;
  }

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    return switch (request.method()) {
      case "GET" -> handshake(request);
      case "POST" -> webhook(request);
      default -> new CallbackAnswer.NotGenuine();
    };
  }

  private CallbackAnswer handshake(CallbackRequest request) {
    boolean genuine =
        request.parameter("hub.mode").filter("subscribe"::equals).isPresent()
            && request.parameter("hub.verify_token").filter(signature::verifies).isPresent();
    return request
        .parameter("hub.challenge")
        .filter(challenge -> genuine && challenge.length() <= LONGEST_CHALLENGE)
        .<CallbackAnswer>map(it -> new CallbackAnswer.Answered(OK, "text/plain", it))
        .orElseGet(CallbackAnswer.NotGenuine::new);
  }

  private CallbackAnswer webhook(CallbackRequest request) {
    boolean genuine =
        request
            .header("X-Hub-Signature-256")
            .filter(shown -> signature.fits(shown, request.body()))
            .isPresent();
    if (!genuine) {
      return new CallbackAnswer.NotGenuine();
    }
    Optional<JsonObject> body = JsonText.object(request.body());
    return body.<CallbackAnswer>map(it -> new CallbackAnswer.Told(notices(it)))
        .orElseGet(CallbackAnswer.Unreadable::new);
  }

  private List<Notice> notices(JsonObject body) {
    List<Notice> notices = new ArrayList<>();
    Instant now = clock.instant();
    for (JsonObject entry : JsonText.objects(body, "entry")) {
      for (JsonObject change : JsonText.objects(entry, "changes")) {
        JsonText.object(change, "value").ifPresent(value -> add(value, now, notices));
      }
    }
    return notices;
  }

  private void add(JsonObject value, Instant now, List<Notice> notices) {
    JsonText.objects(value, "statuses")
        .forEach(status -> receipts.read(status, now).ifPresent(notices::add));
    JsonText.objects(value, "messages")
        .forEach(message -> notices.addAll(inbound.ofMessage(message, value, now)));
    JsonText.objects(value, "user_preferences")
        .forEach(it -> notices.addAll(inbound.ofPreference(it, value, now)));
  }
}
