package dev.carillon.providers.postmark;

import com.google.gson.JsonObject;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.http.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what Postmark's webhooks tell
/// (<https://postmarkapp.com/developer/webhooks/webhooks-overview>). Mails are known by our
/// reference among their metadata; what has none is none of ours.
final class PostmarkReceipts {
  private static final String HARD_BOUNCE = "HardBounce";

  private final CarrierId carrier;

  PostmarkReceipts(CarrierId carrier) {
    this.carrier = carrier;
  }

  /// What a call tells; empty when it is nothing that moves a message.
  ///
  /// @param now where it does not say when it happened
  List<Notice> read(JsonObject call, Instant now) {
    Optional<MessageRef> ref = ref(call);
    return switch (JsonText.text(call, "RecordType").orElse("")) {
      case "Delivery" -> receipt(call, ref, ReceiptKind.DELIVERED, time(call, "DeliveredAt", now));
      case "Open" -> receipt(call, ref, ReceiptKind.READ, time(call, "ReceivedAt", now));
      case "Bounce", "SpamComplaint" -> bounce(call, ref, time(call, "BouncedAt", now));
      case "SubscriptionChange" -> change(call, ref, time(call, "ChangedAt", now));
      default -> List.of();
    };
  }

  private List<Notice> receipt(
      JsonObject call, Optional<MessageRef> ref, ReceiptKind kind, Instant at) {
    return ref.map(message -> List.of(receipt(call, message, kind, null, "", at)))
        .orElse(List.of());
  }

  private List<Notice> bounce(JsonObject call, Optional<MessageRef> ref, Instant at) {
    if (ref.isEmpty()) {
      return List.of();
    }
    String type =
        JsonText.text(call, "Type").or(() -> JsonText.text(call, "RecordType")).orElse("");
    PostmarkErrorCodes line = PostmarkErrorCodes.ofBounce(type);
    String detail = line.detail(known(type, line));
    List<Notice> notices = new ArrayList<>();
    if (line.isBounce()) {
      Reason reason = line.reason().orElse(Reason.NOT_DELIVERED);
      notices.add(receipt(call, ref.get(), ReceiptKind.UNDELIVERED, reason, detail, at));
    }
    line.suppression()
        .map(cause -> new OptOut.OfMessage(carrier, ref.get(), cause, detail, at))
        .map(Notice.OfOptOut::new)
        .ifPresent(notices::add);
    return notices;
  }

  /// A stream for bulk mail tells of hard bounces only so
  /// (https://postmarkapp.com/developer/webhooks/bounce-webhook).
  private List<Notice> change(JsonObject call, Optional<MessageRef> ref, Instant at) {
    if (!JsonText.text(call, "SuppressSending").orElse("").equals("true")) {
      return List.of();
    }
    String reason = JsonText.text(call, "SuppressionReason").orElse("");
    SuppressionCause cause = cause(call, reason);
    List<Notice> notices = new ArrayList<>();
    if (ref.isPresent() && cause == SuppressionCause.HARD_BOUNCE) {
      PostmarkErrorCodes line = PostmarkErrorCodes.HARD_BOUNCE;
      notices.add(
          receipt(
              call,
              ref.get(),
              ReceiptKind.UNDELIVERED,
              Reason.UNKNOWN_DESTINATION,
              line.detail(HARD_BOUNCE),
              at));
    }
    optOut(call, ref, cause, at).map(Notice.OfOptOut::new).ifPresent(notices::add);
    return notices;
  }

  private Optional<OptOut> optOut(
      JsonObject call, Optional<MessageRef> ref, SuppressionCause cause, Instant at) {
    String detail = "subscription change";
    if (ref.isPresent()) {
      return Optional.of(new OptOut.OfMessage(carrier, ref.get(), cause, detail, at));
    }
    return JsonText.text(call, "Recipient")
        .flatMap(EmailAddress::parse)
        .map(address ->
            new OptOut.OfAddress(carrier, Channel.EMAIL, address.value(), "", cause, detail, at));
  }

  private static SuppressionCause cause(JsonObject call, String reason) {
    return switch (reason) {
      case HARD_BOUNCE -> SuppressionCause.HARD_BOUNCE;
      case "SpamComplaint" -> SuppressionCause.COMPLAINT;
      default ->
          JsonText.text(call, "Origin").orElse("").equals("Recipient")
              ? SuppressionCause.UNSUBSCRIBE
              : SuppressionCause.CARRIER_LIST;
    };
  }

  private Notice receipt(
      JsonObject call,
      MessageRef ref,
      ReceiptKind kind,
      @Nullable Reason reason,
      String detail,
      Instant at) {
    String id = JsonText.text(call, "MessageID").orElse("");
    return new Notice.OfMessage(new Receipt(ref, kind, reason, detail, carrier, id, at));
  }

  private static Optional<MessageRef> ref(JsonObject call) {
    return JsonText.object(call, "Metadata")
        .flatMap(metadata -> JsonText.text(metadata, PostmarkRequests.REFERENCE))
        .flatMap(MessageRef::parse);
  }

  /// A type that nobody here knows might say anything.
  private static String known(String type, PostmarkErrorCodes line) {
    return line == PostmarkErrorCodes.UNKNOWN_BOUNCE ? "Unknown" : type;
  }

  private static Instant time(JsonObject call, String name, Instant now) {
    try {
      return JsonText.text(call, name)
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .filter(told -> !told.isAfter(now))
          .orElse(now);
    } catch (DateTimeException unreadable) {
      return now;
    }
  }
}
