package dev.carillon.application.suppression;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.List;

/// Addresses as a caller wrote them.
///
/// @param texts 1 to 1,000
/// @param region for numbers without a country code, ISO 3166-1 alpha-2
public record Addresses(Channel channel, List<String> texts, String region) {
  /// Most of one call.
  public static final int MOST = 1_000;

  /// Throws InvalidFields when there are too many or none.
  public Addresses {
    texts = List.copyOf(texts);
    if (texts.isEmpty() || texts.size() > MOST) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(new FieldViolation("addresses", "must be 1 to 1,000"))));
    }
  }

  @Override
  public String toString() {
    return "Addresses[" + channel + ", " + texts.size() + "]";
  }
}
