package dev.carillon.benchmarks.rate;

import dev.carillon.benchmarks.node.HandOverLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// When messages were handed over, over the logs of all nodes.
public final class Timeline {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final List<Instant> times;

  /// @param times in any order
  public Timeline(Collection<Instant> times) {
    this.times = new ArrayList<>(times);
    Collections.sort(this.times);
  }

  /// Of these logs together. What a carrier did not take was handed over all the same.
  public static Timeline of(Collection<HandOverLog> logs) throws IOException {
    List<Instant> times = new ArrayList<>();
    for (HandOverLog log : logs) {
      log.forEach(handOver -> times.add(handOver.at()));
    }
    return new Timeline(times);
  }

  /// How many there were from one time on and before another.
  public int count(Instant from, Instant to) {
    return Math.max(0, before(to) - before(from));
  }

  /// The count of each second of a stretch, the last one only if it is whole.
  public List<Integer> perSecond(Instant from, Instant to) {
    List<Integer> counts = new ArrayList<>();
    for (Instant at = from; !at.plus(STEP).isAfter(to); at = at.plus(STEP)) {
      counts.add(count(at, at.plus(STEP)));
    }
    return counts;
  }

  /// Every window of that length within a stretch, one beginning each second, with what was handed
  /// over in it and what the limits allowed.
  public List<Window> windows(Instant from, Instant to, Duration length, Limits limits) {
    List<Window> windows = new ArrayList<>();
    for (Instant at = from; !at.plus(length).isAfter(to); at = at.plus(STEP)) {
      Instant end = at.plus(length);
      windows.add(new Window(at, length, count(at, end), limits.allowed(at, end)));
    }
    return windows;
  }

  private int before(Instant time) {
    int found = Collections.binarySearch(times, time);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && times.get(found - 1).equals(time)) {
      found--;
    }
    return found;
  }

  /// A stretch of time.
  ///
  /// @param count handed over in it
  /// @param allowed what the limits let pass in it
  public record Window(Instant from, Duration length, int count, double allowed) {
    /// Messages a second.
    public double mean() {
      return count / (length.toMillis() / 1_000.0);
    }

    /// How far the count is from what was allowed, as a share of it; below 0 when it is less.
    public double deviation() {
      return count / allowed - 1;
    }
  }
}
