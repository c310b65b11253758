package dev.carillon.application.keeping;

import dev.carillon.application.port.FrozenSessions;
import java.time.Duration;

/// Frees what a node that froze in the middle of a transfer to the store has locked there, since
/// the store itself waits for ever for the rest. One that was only slow has lost a transaction,
/// which is made again.
public final class EndFrozen {
  /// A step of the engine sends the facts of one chunk; a stall of the machine may be that long.
  private static final Duration LEAST_OF_ENGINE = Duration.ofSeconds(2);

  /// A call may send 50,000 messages over a slow network, and nobody but its caller waits for it.
  private static final Duration OF_CALLS = Duration.ofSeconds(10);

  private final FrozenSessions sessions;
  private final Duration ofEngine;

  /// @param leaseTime after which a node that is not heard of has lost its chunks
  public EndFrozen(FrozenSessions sessions, Duration leaseTime) {
    this.sessions = sessions;
    this.ofEngine = leaseTime.compareTo(LEAST_OF_ENGINE) > 0 ? leaseTime : LEAST_OF_ENGINE;
  }

  /// Does it; returns how many sessions were ended.
  public int handle() {
    return sessions.end(ofEngine, OF_CALLS);
  }
}
