package dev.carillon.domain.webhook;

import java.util.Optional;
import java.util.UUID;

/// The public id of an endpoint, a UUID (version 7, RFC 9562).
public record EndpointId(UUID value) {
  /// The length of its text form.
  public static final int TEXT_LENGTH = 36;

  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<EndpointId> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      EndpointId id = new EndpointId(UUID.fromString(text));
      // UUID.fromString also takes signs, misplaced hyphens and the digits of other scripts
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
