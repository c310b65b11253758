package dev.carillon.domain.webhook;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The public id of an endpoint, a UUID (version 7, RFC 9562).
public record EndpointId(UUID value) {
  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<EndpointId> parse(String text) {
    return UuidText.parse(text).map(EndpointId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
