package dev.carillon.grpc;

import dev.carillon.domain.business.Scope;
import java.util.OptionalLong;

/// The cursors of the event feed: opaque, and good for one tenant's events, whatever the filter.
final class EventCursors {
  private static final byte VERSION = 1;

  private EventCursors() {}

  /// The cursor after the event of this number.
  static String of(Scope scope, long number) {
    return seal(scope).write(number);
  }

  /// The number that a cursor stands for; none for an empty one. Throws InvalidFields when it is no
  /// cursor of this tenant.
  static OptionalLong number(Scope scope, String cursor) {
    if (cursor.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        seal(scope)
            .read(cursor)
            .orElseThrow(
                () -> Violations.one("cursor", "must be a cursor of this business's events")));
  }

  private static SealedToken seal(Scope scope) {
    return SealedToken.of(
        VERSION, "Events", scope.business().value() + "/" + scope.environment(), new byte[0]);
  }
}
