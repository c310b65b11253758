package dev.carillon.providers.whatsapp;

import com.google.gson.JsonObject;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.http.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the statuses of Meta's webhooks. They come in any order and more than once, so each stands
/// for what it says alone
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp>, "Status messages
/// webhook reference").
final class WhatsAppReceipts {
  private final CarrierId carrier;

  WhatsAppReceipts(CarrierId carrier) {
    this.carrier = carrier;
  }

  /// What a status tells: about the message by our reference, or by Meta's id where it does not
  /// bring that back; empty when it tells nothing that is known here.
  ///
  /// @param now where it does not say when it happened
  Optional<Notice> read(JsonObject status, Instant now) {
    Optional<ReceiptKind> kind = JsonText.text(status, "status").flatMap(WhatsAppReceipts::kind);
    Optional<String> id = JsonText.text(status, "id").filter(text -> !text.isBlank());
    if (kind.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    Failure failure = kind.get() == ReceiptKind.UNDELIVERED ? Failure.of(status) : Failure.NONE;
    Instant at = WhatsAppTimes.read(status, now);
    return Optional.of(
        JsonText.text(status, "biz_opaque_callback_data")
            .flatMap(MessageRef::parse)
            .<Notice>map(ref -> byReference(ref, kind.get(), failure, id.get(), at))
            .orElseGet(() -> byId(status, kind.get(), failure, id.get(), at)));
  }

  /// The values of `status` of a message on its way out.
  private static Optional<ReceiptKind> kind(String status) {
    return switch (status) {
      case "sent" -> Optional.of(ReceiptKind.SENT);
      case "delivered" -> Optional.of(ReceiptKind.DELIVERED);
      case "read", "played" -> Optional.of(ReceiptKind.READ);
      case "failed" -> Optional.of(ReceiptKind.UNDELIVERED);
      default -> Optional.empty();
    };
  }

  private Notice byReference(
      MessageRef ref, ReceiptKind kind, Failure failure, String id, Instant at) {
    return new Notice.OfMessage(
        new Receipt(ref, kind, failure.reason, failure.detail, carrier, id, at));
  }

  private Notice byId(JsonObject status, ReceiptKind kind, Failure failure, String id, Instant at) {
    String address = JsonText.text(status, "recipient_id").map(WhatsAppInbound::number).orElse("");
    return new Notice.OfCarrierMessage(
        new CarrierReceipt(carrier, id, id, address, kind, failure.reason, failure.detail, at));
  }

  /// Why it did not arrive.
  private record Failure(@Nullable Reason reason, String detail) {
    static final Failure NONE = new Failure(null, "");

    static Failure of(JsonObject status) {
      OptionalLong code =
          JsonText.objects(status, "errors").stream()
              .map(error -> JsonText.number(error, "code"))
              .filter(OptionalLong::isPresent)
              .findFirst()
              .orElse(OptionalLong.empty());
      if (code.isEmpty()) {
        return new Failure(Reason.NOT_DELIVERED, "");
      }
      return WhatsAppErrorCodes.of(code.getAsLong())
          .map(known -> new Failure(known.reason(), known.detail()))
          .orElseGet(() -> new Failure(Reason.NOT_DELIVERED, Long.toString(code.getAsLong())));
    }
  }
}
