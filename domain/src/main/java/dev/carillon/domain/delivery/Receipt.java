package dev.carillon.domain.delivery;

import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a carrier tells later about a message it was given. May be early, late, doubled or out of
/// order.
///
/// @param ref the message, by the reference that the carrier echoed
/// @param reason why it did not arrive
/// @param detail the carrier's own words without personal data, cut after 255 characters; may be ""
/// @param at when it happened, by the carrier's clock
public record Receipt(
    MessageRef ref,
    ReceiptKind kind,
    @Nullable Reason reason,
    String detail,
    CarrierId carrier,
    String carrierMessageId,
    Instant at) {
  public Receipt {
    detail = CarrierWords.fit(detail);
    carrierMessageId = CarrierWords.fit(carrierMessageId);
  }
}
