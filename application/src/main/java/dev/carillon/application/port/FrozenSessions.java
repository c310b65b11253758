package dev.carillon.application.port;

import java.time.Duration;

/// Ends, through the store, what a node that froze in the middle of a transfer left open there: it
/// holds locks for as long as the node is frozen. Whoever wakes finds its transaction undone.
public interface FrozenSessions {
  /// Ends sessions, of any node, that wait for the rest of what their client is sending, in a
  /// statement that is older by the store's clock than the time for their kind. Returns how many.
  ///
  /// @param ofEngine for sessions of workers, receipts and housekeeping
  /// @param ofCalls for sessions that serve the calls of clients
  int end(Duration ofEngine, Duration ofCalls);
}
