package dev.carillon.application.port;

import java.time.Duration;

/// Elects, through the store, the one node that does a duty of the house. What leaders do is safe
/// to be done twice: an election saves work, it guards nothing.
public interface Leadership {
  /// Whether the node holds the duty now, by the store's clock: it held it already, nobody did, or
  /// the holder has not asked for so long. Held for `time` from now.
  boolean holds(String duty, String node, Duration time);

  /// Gives a duty up, so that another node need not wait.
  void resign(String duty, String node);
}
