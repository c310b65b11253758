package dev.carillon.domain.job;

import java.util.Optional;
import java.util.UUID;

/// The job's public id, a UUID (version 7, RFC 9562).
public record BulkId(UUID value) {
  /// The length of its text form.
  public static final int TEXT_LENGTH = 36;

  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<BulkId> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      BulkId id = new BulkId(UUID.fromString(text));
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
