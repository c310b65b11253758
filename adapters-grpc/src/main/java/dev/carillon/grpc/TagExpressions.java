package dev.carillon.grpc;

import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.domain.recipient.TagExpression.Parsed;
import org.jspecify.annotations.Nullable;

/// Reads tag expressions of requests.
final class TagExpressions {
  private TagExpressions() {}

  /// The expression; null for a blank text, and for one that cannot be read, which is noted with
  /// the place where it cannot.
  static @Nullable TagExpression read(String field, String text, Violations violations) {
    if (text.isBlank()) {
      return null;
    }
    return switch (TagExpression.parse(text)) {
      case Parsed.Valid(TagExpression expression) -> expression;
      case Parsed.Malformed(int position, String description) -> {
        violations.add(field, description + " (character " + position + ")");
        yield null;
      }
    };
  }
}
