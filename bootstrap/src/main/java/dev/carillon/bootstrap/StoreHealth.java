package dev.carillon.bootstrap;

import dev.carillon.application.port.FlowLimits;
import java.util.function.BooleanSupplier;

/// Whether the store can be reached, looked at once a second however often it is asked.
final class StoreHealth implements BooleanSupplier {
  private static final long FRESH = 1_000_000_000L;

  private final FlowLimits asked;
  private boolean reachable;
  private long lookedAt = System.nanoTime() - FRESH;

  /// @param asked something small of the store
  StoreHealth(FlowLimits asked) {
    this.asked = asked;
  }

  @Override
  public synchronized boolean getAsBoolean() {
    if (System.nanoTime() - lookedAt >= FRESH) {
      reachable = answers();
      lookedAt = System.nanoTime();
    }
    return reachable;
  }

  private boolean answers() {
    try {
      asked.carriers();
      return true;
    } catch (RuntimeException away) {
      return false;
    }
  }
}
