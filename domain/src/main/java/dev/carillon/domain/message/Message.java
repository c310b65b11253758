package dev.carillon.domain.message;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message and everything known about it, as callers see it.
///
/// @param address normalised; as it was given when it is invalid
/// @param reason why it is where it is; null when there is nothing to say
/// @param detail the carrier's own words; may be empty
/// @param last who was given it last; null before
/// @param network the mobile network of its number; may be empty
/// @param parts billed parts
/// @param attempts how often it was handed over
/// @param possibleDuplicate whether it was handed over once more while an earlier hand-over stayed
///   in doubt, so that it may have arrived twice
public record Message(
    MessageId id,
    String clientRef,
    Channel channel,
    String address,
    MessageStatus status,
    @Nullable Reason reason,
    String detail,
    @Nullable LastHandOver last,
    String network,
    int parts,
    int attempts,
    boolean possibleDuplicate,
    Instant createdAt,
    @Nullable Instant sentAt,
    @Nullable Instant updatedAt) {

  /// The carrier that was given it last.
  ///
  /// @param choiceReason why that carrier was chosen
  public record LastHandOver(String carrier, String carrierMessageId, String choiceReason) {}

  @Override
  public String toString() {
    return "Message[" + id + ", " + status + "]";
  }
}
