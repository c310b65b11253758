package dev.carillon.application.keeping;

import dev.carillon.application.port.CarrierMessages;
import java.time.Duration;
import java.time.InstantSource;

/// Forgets parked receipts that nothing made known for long: they are somebody else's, or of
/// messages that were forgotten.
public final class ForgetParked {
  private static final int AT_ONCE = 10_000;

  private final CarrierMessages messages;
  private final InstantSource clock;
  private final Duration kept;

  public ForgetParked(CarrierMessages messages, InstantSource clock, Duration kept) {
    this.messages = messages;
    this.clock = clock;
    this.kept = kept;
  }

  /// Forgets some; returns how many.
  public int handle() {
    return messages.forget(clock.instant().minus(kept), AT_ONCE);
  }
}
