package dev.carillon.application.keeping;

import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.HistoryNotes;
import dev.carillon.application.port.HistoryNotes.Note;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.application.port.StoreWitness.Switch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Switches dispatch off when the store is not the one it was: another server, another timeline
/// (after a failover), or a log that has come less far than it had (a restored snapshot). Then
/// messages that were sent may look unsent, and an operator has to confirm; numbers of events that
/// were given may be given again, and are left out. Looks at what was confirmed in the store, at
/// what this node saw last, and at what was noted outside the store. One thread calls it.
public final class GuardDispatch {
  private static final String FIRST_START = "first start";

  private final StoreWitness witness;
  private final EventLog events;
  private final HistoryNotes notes;
  private final InstantSource clock;
  private @Nullable Note seen;

  public GuardDispatch(
      StoreWitness witness, EventLog events, HistoryNotes notes, InstantSource clock) {
    this.witness = witness;
    this.events = events;
    this.notes = notes;
    this.clock = clock;
  }

  /// Looks once; returns 1 if it switched dispatch off, else 0. A store that nobody ever confirmed
  /// confirms itself. Throws a DomainException (StoreUnavailable) when the store cannot tell its
  /// history now, as while it is a standby.
  public int handle() {
    Instant now = clock.instant();
    // The switch first: a history that was confirmed between the two looks is newer than what was
    // read, never older.
    Switch before = witness.read();
    History history = witness.history();
    if (before.confirmed() == null) {
      witness.confirm(history, FIRST_START, now);
      note(history, now);
      return 0;
    }
    Optional<String> change = before.on() ? change(before, history) : Optional.empty();
    boolean off = change.isPresent() && witness.switchOff(before, change.get(), now);
    if (off) {
      events.leap();
    }
    note(history, now);
    return off ? 1 : 0;
  }

  private Optional<String> change(Switch before, History history) {
    History confirmed = before.confirmed();
    return Optional.ofNullable(confirmed)
        .flatMap(known -> HistoryChange.between(known, history))
        .or(() -> lastSeen(before).flatMap(known -> HistoryChange.between(known, history)));
  }

  /// What was seen before the switch was last set says nothing any more: who set it knew better.
  private Optional<History> lastSeen(Switch before) {
    Instant set = before.since();
    return Optional.ofNullable(seen)
        .or(notes::read)
        .filter(note -> set == null || !note.at().isBefore(set))
        .map(Note::history);
  }

  private void note(History history, Instant now) {
    Note note = new Note(history, now);
    seen = note;
    notes.write(note);
  }
}
