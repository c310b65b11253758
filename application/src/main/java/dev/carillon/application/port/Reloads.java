package dev.carillon.application.port;

import java.time.Instant;
import java.util.Optional;

/// Knows what came of reading the configuration again while the house runs.
public interface Reloads {
  /// The last time on this node; empty when it was read only at the start.
  Optional<Reload> last();

  /// One reading.
  ///
  /// @param problem why nothing has changed, without secrets; empty when it was taken over
  record Reload(Instant at, String problem) {}
}
