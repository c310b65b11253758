package dev.carillon.application.port;

import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/// An entry of a submission as it is stored: normalised and judged.
///
/// @param address normalised; as it was given when it is rejected for its address
/// @param own what the entry brought of its own
/// @param clientRef the caller's reference; may be empty
/// @param network the mobile network of its number; may be empty
/// @param parts billed parts; 0 when it is rejected
/// @param rejected why it is left out; null when it is accepted
/// @param detail what a rejected one lacks, such as the name of a variable; may be empty
/// @param recipient whom it is addressed to; null when it was given by its address
public record PreparedMessage(
    String address,
    PersonalContent own,
    String clientRef,
    String network,
    int parts,
    @Nullable Reason rejected,
    String detail,
    @Nullable RecipientId recipient) {

  /// An entry that was given by its address, and whose reason says it all.
  public PreparedMessage(
      String address,
      PersonalContent own,
      String clientRef,
      String network,
      int parts,
      @Nullable Reason rejected) {
    this(address, own, clientRef, network, parts, rejected, "", null);
  }

  /// The same, addressed to a stored recipient.
  public PreparedMessage of(@Nullable RecipientId somebody) {
    return new PreparedMessage(address, own, clientRef, network, parts, rejected, detail, somebody);
  }

  @Override
  public String toString() {
    return "PreparedMessage[" + (rejected == null ? "accepted" : rejected) + "]";
  }
}
