package dev.carillon.providers.twilio;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads Twilio's status callbacks. They come in any order, so each stands for what it says alone
/// (<https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks>).
final class TwilioReceipts {
  private final CarrierId carrier;

  TwilioReceipts(CarrierId carrier) {
    this.carrier = carrier;
  }

  /// What a callback tells of the message; nothing when it tells nothing that is known here.
  ///
  /// @param at when it came: Twilio does not say when it happened
  List<Notice> read(TwilioForm form, MessageRef ref, Instant at) {
    return kind(form.text("MessageStatus"))
        .map(kind -> notices(form, ref, kind, at))
        .orElse(List.of());
  }

  /// The values of `MessageStatus` of a message on its way out. That it was accepted, queued or
  /// scheduled proves that it was taken.
  private static Optional<ReceiptKind> kind(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "accepted", "scheduled", "queued", "sending", "sent" -> Optional.of(ReceiptKind.SENT);
      case "delivered" -> Optional.of(ReceiptKind.DELIVERED);
      case "read" -> Optional.of(ReceiptKind.READ);
      case "failed", "undelivered", "canceled", "partially_delivered" ->
          Optional.of(ReceiptKind.UNDELIVERED);
      default -> Optional.empty();
    };
  }

  private List<Notice> notices(TwilioForm form, MessageRef ref, ReceiptKind kind, Instant at) {
    List<Notice> notices = new ArrayList<>();
    Failure failure = kind == ReceiptKind.UNDELIVERED ? Failure.of(form) : Failure.NONE;
    notices.add(
        new Notice.OfMessage(
            new Receipt(
                ref, kind, failure.reason, failure.detail, carrier, form.text("MessageSid"), at)));
    Optional.ofNullable(failure.code)
        .flatMap(TwilioErrorCodes::suppression)
        .ifPresent(cause ->
            notices.add(
                new Notice.OfOptOut(
                    new OptOut.OfMessage(carrier, ref, cause, failure.detail, at))));
    return notices;
  }

  /// Why it did not arrive.
  private record Failure(@Nullable TwilioErrorCodes code, @Nullable Reason reason, String detail) {
    static final Failure NONE = new Failure(null, null, "");

    static Failure of(TwilioForm form) {
      String written = form.text("ErrorCode");
      String number = written.matches("[0-9]{1,9}") ? written : "";
      Optional<TwilioErrorCodes> known =
          number.isEmpty() ? Optional.empty() : TwilioErrorCodes.of(Long.parseLong(number));
      return known
          .map(code -> new Failure(code, code.reason(), code.detail()))
          .orElseGet(() -> new Failure(null, Reason.NOT_DELIVERED, number));
    }
  }
}
