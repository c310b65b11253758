package dev.carillon.application.event;

import dev.carillon.application.port.EventLog;

/// Gives committed events their place in the one order. Any node does it; one at a time.
public final class NumberEvents {
  private static final int AT_ONCE = 2_000;

  private final EventLog events;
  private final EventHub hub;

  /// @param hub learns of it at once
  public NumberEvents(EventLog events, EventHub hub) {
    this.events = events;
    this.hub = hub;
  }

  /// Numbers some; returns how many.
  public int handle() {
    int numbered = events.number(AT_ONCE);
    if (numbered > 0) {
      hub.wake();
    }
    return numbered;
  }
}
