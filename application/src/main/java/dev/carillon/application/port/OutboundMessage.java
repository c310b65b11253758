package dev.carillon.application.port;

import dev.carillon.domain.content.Content;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;

/// One message on its way to a carrier.
///
/// @param ref our reference, to be given to the carrier where it has a field for it
/// @param attempt 1 for the first
/// @param possibleDuplicate whether an earlier attempt stays in doubt, so that this may be the
///   second copy
/// @param address normalised
/// @param content as this recipient gets it
/// @param deadline when nobody wants it any more
public record OutboundMessage(
    MessageRef ref,
    int attempt,
    boolean possibleDuplicate,
    String address,
    Content content,
    Instant deadline) {
  @Override
  public String toString() {
    return "OutboundMessage[" + ref + ", attempt " + attempt + "]";
  }
}
