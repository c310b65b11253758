package dev.carillon.domain.job;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The job's public id, a UUID (version 7, RFC 9562).
public record BulkId(UUID value) {
  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<BulkId> parse(String text) {
    return UuidText.parse(text).map(BulkId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
