package dev.carillon.application.admin;

import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.application.port.StoreWitness.Switch;
import dev.carillon.domain.business.AuditEntry.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
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
  static final Subject SUBJECT = Subject.house("dispatch");

  static DispatchSwitch of(StoreWitness witness) {
    Switch stored = witness.read();
    History history = witness.history();
    History confirmed = stored.confirmed();
    boolean left = confirmed != null && confirmed.timeline() != history.timeline();
    String reason = stored.on() && left ? "the database is on another timeline" : stored.reason();
    return new DispatchSwitch(
        stored.on() && confirmed != null && !left, reason, stored.since(), history, confirmed);
  }

  /// All that is kept in an audit trail.
  Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    fields.put("on", Boolean.toString(on));
    if (!reason.isEmpty()) {
      fields.put("reason", reason);
    }
    if (confirmed != null) {
      fields.put("confirmed_timeline", Long.toString(confirmed.timeline()));
    }
    return fields;
  }
}
