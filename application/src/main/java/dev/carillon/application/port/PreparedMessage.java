package dev.carillon.application.port;

import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import org.jspecify.annotations.Nullable;

/// An entry of a submission as it is stored: normalised and judged.
///
/// @param address normalised; as it was given when it is rejected for its address
/// @param own what the entry brought of its own
/// @param clientRef the caller's reference; may be empty
/// @param network the mobile network of its number; may be empty
/// @param parts billed parts; 0 when it is rejected
/// @param rejected why it is left out; null when it is accepted
public record PreparedMessage(
    String address,
    PersonalContent own,
    String clientRef,
    String network,
    int parts,
    @Nullable Reason rejected) {
  @Override
  public String toString() {
    return "PreparedMessage[" + (rejected == null ? "accepted" : rejected) + "]";
  }
}
