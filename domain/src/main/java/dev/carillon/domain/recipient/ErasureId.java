package dev.carillon.domain.recipient;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The public id of an erasure, a UUID (version 7, RFC 9562).
public record ErasureId(UUID value) {
  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<ErasureId> parse(String text) {
    return UuidText.parse(text).map(ErasureId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
