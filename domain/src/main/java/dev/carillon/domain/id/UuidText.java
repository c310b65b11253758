package dev.carillon.domain.id;

import java.util.Optional;
import java.util.UUID;

/// The text form of UUIDs (RFC 9562, 4): 32 digits of either case in five groups.
public final class UuidText {
  /// How long it is.
  public static final int LENGTH = 36;

  private UuidText() {}

  /// The UUID that a text names; empty when it names none.
  public static Optional<UUID> parse(String text) {
    if (text.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      UUID value = UUID.fromString(text);
      // it also takes signs, short groups, misplaced hyphens and the digits of other scripts
      return value.toString().equalsIgnoreCase(text) ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
