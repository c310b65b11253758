package dev.carillon.benchmarks.house;

import com.google.protobuf.Timestamp;
import dev.carillon.v1.BulkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/// Reads the times that jobs tell of themselves.
public final class Times {
  private Times() {}

  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  public static double millisBetween(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  /// From the first hand-over of any to the end of the last.
  public static double dispatchSeconds(Collection<BulkJob> ended) {
    Instant first =
        ended.stream()
            .map(job -> instant(job.getStartTime()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Instant last =
        ended.stream()
            .map(job -> instant(job.getEndTime()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(first, last).toNanos() / 1e9;
  }
}
