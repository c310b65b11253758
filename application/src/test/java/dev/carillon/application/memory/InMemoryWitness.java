package dev.carillon.application.memory;

import dev.carillon.application.port.StoreWitness;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The history of a store in memory: one, until a test lets it become another.
public final class InMemoryWitness implements StoreWitness {
  private History history = new History("memory", 1, 0);
  private Switch state = new Switch(true, history, "", null);

  @Override
  public synchronized History history() {
    return history;
  }

  @Override
  public synchronized Switch read() {
    return state;
  }

  @Override
  public synchronized void switchOff(String reason, Instant now) {
    if (state.on()) {
      state = new Switch(false, state.confirmed(), reason, now);
    }
  }

  @Override
  public synchronized boolean switchOff(Switch seen, String reason, Instant now) {
    boolean unchanged = state.on() && Objects.equals(state.confirmed(), seen.confirmed());
    if (unchanged) {
      switchOff(reason, now);
    }
    return unchanged;
  }

  @Override
  public synchronized boolean confirm(History seen, String by, Instant now) {
    if (!isSame(seen, history)) {
      return false;
    }
    state = new Switch(true, history, "", now);
    return true;
  }

  /// Makes the store another one, as a failover or a restored backup does.
  public synchronized void become(History other) {
    history = other;
  }

  /// Has it stand as before its first start, or as a test wants it.
  public synchronized void stand(boolean on, @Nullable History confirmed) {
    state = new Switch(on, confirmed, on ? "" : "set by a test", null);
  }

  private static boolean isSame(History one, History other) {
    return one.system().equals(other.system()) && one.timeline() == other.timeline();
  }
}
