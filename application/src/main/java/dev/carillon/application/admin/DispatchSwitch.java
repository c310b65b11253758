package dev.carillon.application.admin;

import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.application.port.StoreWitness.Switch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether messages are handed over, and for which history of the store.
///
/// @param on false, too, when the switch is on for a timeline that the store has left
/// @param reason why it is off; empty when on
/// @param since when it was switched; null before the first time
/// @param history what the store has now
/// @param confirmed the one that was confirmed last; null before the first start
public record DispatchSwitch(
    boolean on,
    String reason,
    @Nullable Instant since,
    History history,
    @Nullable History confirmed) {

  static DispatchSwitch of(StoreWitness witness) {
    Switch stored = witness.read();
    History history = witness.history();
    History confirmed = stored.confirmed();
    boolean left = confirmed != null && confirmed.timeline() != history.timeline();
    String reason = stored.on() && left ? "the database is on another timeline" : stored.reason();
    return new DispatchSwitch(
        stored.on() && confirmed != null && !left, reason, stored.since(), history, confirmed);
  }
}
