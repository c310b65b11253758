package dev.carillon.application.memory;

import dev.carillon.application.port.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who holds which duty, in memory.
public final class InMemoryLeadership implements Leadership {
  private final InstantSource clock;
  private final Map<String, Holder> holders = new HashMap<>();

  InMemoryLeadership(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized boolean holds(String duty, String node, Duration time) {
    Instant now = clock.instant();
    boolean another =
        Optional.ofNullable(holders.get(duty))
            .filter(holder -> !holder.node().equals(node) && holder.until().isAfter(now))
            .isPresent();
    if (!another) {
      holders.put(duty, new Holder(node, now.plus(time)));
    }
    return !another;
  }

  @Override
  public synchronized void resign(String duty, String node) {
    holders.computeIfPresent(duty, (_, holder) -> holder.node().equals(node) ? null : holder);
  }

  private record Holder(String node, Instant until) {}
}
