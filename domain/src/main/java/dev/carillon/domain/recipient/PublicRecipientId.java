package dev.carillon.domain.recipient;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The public id of a recipient, a UUID.
public record PublicRecipientId(UUID value) implements RecipientKey {

  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<PublicRecipientId> parse(String text) {
    return UuidText.parse(text).map(PublicRecipientId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
