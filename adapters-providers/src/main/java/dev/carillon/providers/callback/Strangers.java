package dev.carillon.providers.callback;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells once a minute how many calls were not genuine: a wrong secret shows here, and who tries
/// does not fill the log.
final class Strangers {
  private static final Logger logger = LoggerFactory.getLogger(Strangers.class);
  private static final long MINUTE = 60_000_000_000L;

  private final LongSupplier nanoTime;
  private final Map<String, Integer> counts = new TreeMap<>();
  private long told;

  Strangers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.told = nanoTime.getAsLong() - MINUTE;
  }

  /// Counts one; the first is told at once.
  synchronized void count(String place) {
    counts.merge(place, 1, Integer::sum);
    long now = nanoTime.getAsLong();
    if (now - told >= MINUTE) {
      logger.warn("calls that were not genuine, and changed nothing: {}", counts);
      counts.clear();
      told = now;
    }
  }
}
