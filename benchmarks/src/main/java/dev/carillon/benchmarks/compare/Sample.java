package dev.carillon.benchmarks.compare;

import java.util.Arrays;
import java.util.Collection;

/// The figures of runs of the same thing.
public record Sample(double median, double least, double most, int count) {
  /// Of at least one figure.
  public static Sample of(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("there are no figures");
    }
    return new Sample(median(sorted), sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /// Between which the middle half of the figures lies; one figure is both.
  public static Quartiles quartiles(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = Math.max(1, sorted.length / 2);
    return new Quartiles(
        median(Arrays.copyOfRange(sorted, 0, half)),
        median(Arrays.copyOfRange(sorted, sorted.length - half, sorted.length)));
  }

  /// Half the distance of the quartiles, as a share of the median: how far apart the runs are.
  public static double spread(Collection<Double> figures) {
    Quartiles middle = quartiles(figures);
    return (middle.high() - middle.low()) / 2 / of(figures).median();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// The medians of the lower and of the upper half.
  public record Quartiles(double low, double high) {}
}
