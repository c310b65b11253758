package dev.carillon.application.recipient;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.RecipientViolation;
import java.util.List;
import java.util.OptionalLong;

/// What callers of the use cases are refused by.
final class Refusals {
  /// What the field of a request is called that says what a recipient shall be.
  private static final String RECIPIENT = "recipient.";

  private Refusals() {}

  /// Throws InvalidFields if there are violations.
  static void refuse(List<RecipientViolation> violations) {
    if (!violations.isEmpty()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              violations.stream()
                  .map(one -> new FieldViolation(path(one.field()), one.description()))
                  .toList()));
    }
  }

  static DomainException invalid(String path, String description) {
    return new DomainException(
        new DomainError.InvalidFields(List.of(new FieldViolation(path, description))));
  }

  static DomainException notFound(RecipientKey key) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT, text(key)));
  }

  static DomainException noImport(String importId) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_IMPORT, importId));
  }

  static DomainException taken(String field, RecipientId by) {
    return new DomainException(
        new DomainError.AlreadyExists(DomainError.NotFound.Kind.RECIPIENT, path(field), text(by)));
  }

  /// Throws EtagMismatch when the caller looked at another version.
  static void checkVersion(Recipient recipient, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != recipient.version()) {
      throw new DomainException(
          new DomainError.EtagMismatch(DomainError.NotFound.Kind.RECIPIENT, text(recipient.id())));
    }
  }

  static String text(RecipientKey key) {
    return switch (key) {
      case RecipientId id -> Long.toString(id.value());
      case PublicRecipientId id -> id.toString();
    };
  }

  private static String path(String field) {
    return RECIPIENT + field;
  }
}
