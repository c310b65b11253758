package dev.carillon.application.port;

import dev.carillon.domain.content.Content;
import dev.carillon.domain.message.MessageRef;

/// One message on its way to a carrier.
///
/// @param ref our reference, to be given to the carrier where it has a field for it
/// @param attempt 1 for the first
/// @param address normalised
/// @param content as this recipient gets it
public record OutboundMessage(MessageRef ref, int attempt, String address, Content content) {
  @Override
  public String toString() {
    return "OutboundMessage[" + ref + ", attempt " + attempt + "]";
  }
}
