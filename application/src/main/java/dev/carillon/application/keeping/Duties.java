package dev.carillon.application.keeping;

import dev.carillon.application.port.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Does the duties of the house that this node leads in; any node can, and one that dies is
/// followed by another. A duty that found something to do is called again at once, another one when
/// its period is over; a failing one keeps none of the others from being done. One thread calls it.
public final class Duties {
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(15);
  private static final int PERIODS_HELD = 3;

  private final Leadership leadership;
  private final String node;
  private final InstantSource clock;
  private final List<Duty> duties;
  private final Map<String, Instant> next = new HashMap<>();

  /// @param node names this process; another after each start
  public Duties(Leadership leadership, String node, InstantSource clock, List<Duty> duties) {
    this.leadership = leadership;
    this.node = node;
    this.clock = clock;
    this.duties = List.copyOf(duties);
  }

  /// Does a part of every duty that is due; returns how much was done. Throws what the first
  /// failing one threw, after all were tried.
  public int handle() {
    int done = 0;
    List<RuntimeException> failures = new ArrayList<>();
    for (Duty duty : duties) {
      try {
        done += tryIfDue(duty);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return done;
  }

  /// Gives all of them up, so that other nodes need not wait.
  public void resign() {
    duties.forEach(duty -> leadership.resign(duty.name(), node));
  }

  private int tryIfDue(Duty duty) {
    Instant now = clock.instant();
    if (now.isBefore(next.getOrDefault(duty.name(), Instant.MIN))) {
      return 0;
    }
    next.put(duty.name(), now.plus(duty.period()));
    if (!leadership.holds(duty.name(), node, hold(duty))) {
      return 0;
    }
    int done = duty.work().getAsInt();
    if (done > 0) {
      next.put(duty.name(), now);
    }
    return done;
  }

  private static Duration hold(Duty duty) {
    Duration hold = duty.period().multipliedBy(PERIODS_HELD);
    return hold.compareTo(SHORTEST_HOLD) > 0 ? hold : SHORTEST_HOLD;
  }
}
