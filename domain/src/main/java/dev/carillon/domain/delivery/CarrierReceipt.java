package dev.carillon.domain.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a carrier tells later about something it was given, by its own id: one that does not echo
/// our reference. May come before the answer that makes the id known, and may be about one part of
/// a message.
///
/// @param carrierMessageId its id in the form in which the carrier's answers give it, after both
///   were made comparable (case, leading zeros, decimal or hexadecimal)
/// @param rawId as it was written, at most 255 characters
/// @param address whom it went to, normalised; may be empty
/// @param reason why it did not arrive
/// @param detail the carrier's own words without personal data, cut after 255 characters; may be ""
/// @param at when it happened, by the carrier's clock
public record CarrierReceipt(
    CarrierId carrier,
    String carrierMessageId,
    String rawId,
    String address,
    ReceiptKind kind,
    @Nullable Reason reason,
    String detail,
    Instant at) {

  public CarrierReceipt {
    carrierMessageId = CarrierWords.fit(carrierMessageId);
    rawId = CarrierWords.fit(rawId);
    detail = CarrierWords.fit(detail);
  }

  @Override
  public String toString() {
    return "CarrierReceipt[" + carrier + ", " + kind + "]";
  }
}
