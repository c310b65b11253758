package dev.carillon.application.port;

import dev.carillon.domain.content.PersonalContent;

/// What dispatch needs of a stored message.
public record StoredMessage(int position, String address, PersonalContent own, String network) {
  @Override
  public String toString() {
    return "StoredMessage[" + position + "]";
  }
}
