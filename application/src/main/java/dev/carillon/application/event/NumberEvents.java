package dev.carillon.application.event;

import dev.carillon.application.port.EventLog;

/// Gives committed events their place in the one order. Any node does it, one at a time: those that
/// it appended itself at once, and now and then what others have left.
public final class NumberEvents {
  private static final int AT_ONCE = 2_000;

  /// Calls until what others may have left is looked for.
  private static final int LOOK_EVERY = 10;

  private final EventLog events;
  private final EventHub hub;
  private int untilLook;

  /// @param hub learns of it at once
  public NumberEvents(EventLog events, EventHub hub) {
    this.events = events;
    this.hub = hub;
  }

  /// Numbers some, if there may be any; returns how many, and 0 only when nobody was told of
  /// anything. Called in a loop by one thread.
  public int handle() {
    if (!events.mayHaveSome() && untilLook > 0) {
      untilLook--;
      return 0;
    }
    untilLook = LOOK_EVERY - 1;
    int numbered = events.number(AT_ONCE);
    if (numbered > 0) {
      hub.wake();
    }
    return numbered;
  }
}
