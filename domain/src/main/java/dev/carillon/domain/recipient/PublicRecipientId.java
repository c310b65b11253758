package dev.carillon.domain.recipient;

import java.util.Optional;
import java.util.UUID;

/// The public id of a recipient, a UUID.
public record PublicRecipientId(UUID value) implements RecipientKey {

  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<PublicRecipientId> parse(String text) {
    try {
      PublicRecipientId id = new PublicRecipientId(UUID.fromString(text));
      // UUID.fromString also takes short groups, misplaced hyphens and the digits of other scripts
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
