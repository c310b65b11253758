package dev.carillon.application.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Knows which history of the store this is, and whether it may be dispatched from. After a
/// failover or a restored backup, messages that were sent may look unsent.
public interface StoreWitness {
  /// What the store is now.
  History history();

  /// The switch, as stored.
  Switch read();

  /// Switches dispatch off for all nodes, if it is on.
  void switchOff(String reason, Instant now);

  /// The same for what followed from the switch as it was seen: does nothing when another history
  /// was confirmed since. Whether it did.
  boolean switchOff(Switch seen, String reason, Instant now);

  /// Switches it on for this very history; false when the store has another one by now.
  boolean confirm(History history, String by, Instant now);

  /// Which history it is.
  ///
  /// @param system PostgreSQL's system identifier
  /// @param timeline its timeline
  /// @param position how far its log has come, in bytes
  record History(String system, long timeline, long position) {}

  /// Whether dispatch is on.
  ///
  /// @param confirmed the history that it was confirmed for; null before the first start
  /// @param reason why it is off; empty when on
  record Switch(boolean on, @Nullable History confirmed, String reason, @Nullable Instant since) {}
}
