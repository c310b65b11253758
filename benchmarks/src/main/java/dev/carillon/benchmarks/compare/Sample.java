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

  /// Half the distance of the quartiles, as a share of the median: how far apart the runs are.
  public static double spread(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    if (half == 0) {
      return 0;
    }
    double low = median(Arrays.copyOfRange(sorted, 0, half));
    double high = median(Arrays.copyOfRange(sorted, sorted.length - half, sorted.length));
    return (high - low) / 2 / median(sorted);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
