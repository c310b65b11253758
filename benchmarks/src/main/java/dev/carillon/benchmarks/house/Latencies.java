package dev.carillon.benchmarks.house;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/// Percentiles of measured times, in milliseconds.
public record Latencies(double p50, double p95, double p99, double max, int count) {
  /// Of at least one measured time.
  public static Latencies of(Collection<Double> millis) {
    return of(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// The same.
  public static Latencies of(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Latencies(
        rank(sorted, 0.50),
        rank(sorted, 0.95),
        rank(sorted, 0.99),
        sorted[sorted.length - 1],
        sorted.length);
  }

  // nearest rank
  private static double rank(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms (of %,d)",
        p50,
        p95,
        p99,
        max,
        count);
  }
}
