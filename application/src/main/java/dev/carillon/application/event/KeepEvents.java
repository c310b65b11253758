package dev.carillon.application.event;

import dev.carillon.application.port.EventLog;
import java.time.Duration;

/// Makes room for the events to come and forgets those that were kept long enough.
public final class KeepEvents {
  private final EventLog events;
  private final Duration kept;

  /// @param kept how long, at least; zero for ever
  public KeepEvents(EventLog events, Duration kept) {
    this.events = events;
    this.kept = kept;
  }

  /// Does a part of it; returns how many parts of the store were freed.
  public int handle() {
    events.prepare();
    return !kept.isZero() && events.forget(kept) ? 1 : 0;
  }
}
