package dev.carillon.domain.template;

import dev.carillon.domain.id.UuidText;
import java.util.Optional;
import java.util.UUID;

/// The public id of a template, a UUID (version 7, RFC 9562).
public record TemplateId(UUID value) {
  /// The id that a text names, in digits of either case; empty when it names none.
  public static Optional<TemplateId> parse(String text) {
    return UuidText.parse(text).map(TemplateId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
