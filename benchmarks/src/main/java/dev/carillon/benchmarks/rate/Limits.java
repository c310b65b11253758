package dev.carillon.benchmarks.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which limit was in force when.
public final class Limits {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Since> steps = new ArrayList<>();

  /// From this time on it is so many messages a second; not before the step before.
  public void change(Instant since, int perSecond) {
    if (!steps.isEmpty() && since.isBefore(steps.getLast().since)) {
      throw new IllegalArgumentException("a limit cannot begin before the one before it");
    }
    steps.add(new Since(since, perSecond));
  }

  /// How many messages the limits let pass between two times.
  public double allowed(Instant from, Instant to) {
    double allowed = 0;
    for (int n = 0; n < steps.size(); n++) {
      Instant end = n + 1 < steps.size() ? earlier(steps.get(n + 1).since, to) : to;
      Instant begin = steps.get(n).since.isBefore(from) ? from : steps.get(n).since;
      if (begin.isBefore(end)) {
        allowed +=
            Duration.between(begin, end).toNanos() / NANOS_PER_SECOND * steps.get(n).perSecond;
      }
    }
    return allowed;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private record Since(Instant since, int perSecond) {}
}
