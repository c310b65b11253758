package dev.carillon.application.keeping;

import dev.carillon.application.port.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Does the duties of the house that this node leads in; any node can, and one that dies is
/// followed by another. A duty that found something to do is called again at once, another one when
/// its period is over; a failing one keeps none of the others from being done. One thread calls it
/// at a time.
public final class Duties {
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(15);
  private static final int PERIODS_HELD = 3;

  /// A lead is renewed after such a part of its time; the store is not asked before.
  private static final int RENEWED_AFTER = 3;

  private final Leadership leadership;
  private final String node;
  private final InstantSource clock;
  private final List<Duty> duties;
  private final Map<String, Instant> next = new HashMap<>();
  private final Map<String, Instant> ledUntil = new HashMap<>();

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
    ledUntil.clear();
    duties.forEach(duty -> leadership.resign(duty.name(), node));
  }

  private int tryIfDue(Duty duty) {
    Instant now = clock.instant();
    if (isAhead(next.get(duty.name()), now, duty.period())) {
      return 0;
    }
    next.put(duty.name(), now.plus(duty.period()));
    if (!leads(duty, now)) {
      return 0;
    }
    int done = duty.work().getAsInt();
    if (done > 0) {
      next.put(duty.name(), now);
    }
    return done;
  }

  private boolean leads(Duty duty, Instant now) {
    Duration hold = hold(duty);
    if (isAhead(ledUntil.get(duty.name()), now, hold)) {
      return true;
    }
    boolean leads = leadership.holds(duty.name(), node, hold);
    if (leads) {
      ledUntil.put(duty.name(), now.plus(hold.dividedBy(RENEWED_AFTER)));
    }
    return leads;
  }

  /// Whether a time has not come; one that is further ahead than it can have been set is of a clock
  /// that was set back since, and has.
  private static boolean isAhead(@Nullable Instant time, Instant now, Duration most) {
    return time != null && now.isBefore(time) && !time.isAfter(now.plus(most));
  }

  private static Duration hold(Duty duty) {
    Duration hold = duty.period().multipliedBy(PERIODS_HELD);
    return hold.compareTo(SHORTEST_HOLD) > 0 ? hold : SHORTEST_HOLD;
  }
}
