package dev.carillon.grpc;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;

/// Reads which recipient is meant. What names none is refused as one that does not exist.
final class RecipientKeys {
  private RecipientKeys() {}

  static RecipientKey of(long id) {
    if (id <= 0) {
      throw notFound(Long.toString(id));
    }
    return new RecipientId(id);
  }

  static RecipientKey of(String publicId) {
    return PublicRecipientId.parse(publicId).orElseThrow(() -> notFound(publicId));
  }

  private static DomainException notFound(String id) {
    return new DomainException(new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, id));
  }
}
