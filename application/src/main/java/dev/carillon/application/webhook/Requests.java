package dev.carillon.application.webhook;

import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EventType;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what requests ask for as texts, so that repeats are known.
final class Requests {
  private Requests() {}

  static String[] texts(EndpointDetails details) {
    return new String[] {
      details.url(),
      types(details.types()),
      details.description(),
      Boolean.toString(details.enabled())
    };
  }

  static String types(@Nullable Set<EventType> types) {
    return types == null
        ? "-"
        : types.stream().map(EventType::label).sorted().collect(Collectors.joining(","));
  }

  /// Absence is another text than the empty one.
  static String text(@Nullable Object value) {
    return value == null ? "" : "+" + value;
  }
}
