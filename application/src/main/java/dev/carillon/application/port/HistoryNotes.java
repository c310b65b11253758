package dev.carillon.application.port;

import java.time.Instant;
import java.util.Optional;

/// Remembers outside the store which history of it was seen last, so that a store that was set back
/// can be told from one that only stood still.
public interface HistoryNotes {
  /// What was noted last; empty when nothing was, or it cannot be read: no evidence.
  Optional<Note> read();

  /// Notes what was seen, in place of what was noted before; all of it or nothing.
  void write(Note note);

  /// A history and when it was seen.
  record Note(StoreWitness.History history, Instant at) {}

  /// Remembers nothing.
  static HistoryNotes none() {
    return new HistoryNotes() {
      @Override
      public Optional<Note> read() {
        return Optional.empty();
      }

      @Override
      public void write(Note note) {}
    };
  }
}
