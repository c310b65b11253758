package dev.carillon.domain.recipient;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The public id of a group, a UUID: what callers know it by.
public record PublicGroupId(UUID value) {
  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<PublicGroupId> parse(String text) {
    return UuidText.parse(text).map(PublicGroupId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
