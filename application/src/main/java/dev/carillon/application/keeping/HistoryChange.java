package dev.carillon.application.keeping;

import dev.carillon.application.port.StoreWitness.History;
import java.util.Optional;

/// How a store's history differs from one that was known of it.
final class HistoryChange {
  private HistoryChange() {}

  /// Why the store may have forgotten something since; empty when it cannot have. A server that
  /// does not tell which it is (an empty name) is no evidence.
  static Optional<String> between(History known, History now) {
    if (!known.system().isEmpty()
        && !now.system().isEmpty()
        && !known.system().equals(now.system())) {
      return Optional.of("another database server than before");
    }
    if (known.timeline() != now.timeline()) {
      return Optional.of(
          "the database is on timeline " + now.timeline() + ", was on " + known.timeline());
    }
    if (now.position() < known.position()) {
      return Optional.of("the database was set back: its log has come less far than before");
    }
    return Optional.empty();
  }
}
