package dev.carillon.benchmarks.crash;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job that the service has accepted.
///
/// @param origin what it retries; null for none
/// @param cancelled whether a call to cancel it was answered with yes
/// @param paused from when to when it surely was; null for never
record SubmittedJob(
    String bulkId,
    JobPlan plan,
    @Nullable Origin origin,
    boolean cancelled,
    @Nullable Span paused) {

  static SubmittedJob of(String bulkId, JobPlan plan) {
    return new SubmittedJob(bulkId, plan, null, false, null);
  }

  static SubmittedJob retry(String bulkId, JobPlan plan, Origin origin) {
    return new SubmittedJob(bulkId, plan, origin, false, null);
  }

  SubmittedJob asCancelled() {
    return new SubmittedJob(bulkId, plan, origin, true, paused);
  }

  SubmittedJob asPaused(Span span) {
    return new SubmittedJob(bulkId, plan, origin, cancelled, span);
  }

  /// Which messages of which job a retry took.
  record Origin(String bulkId, List<Integer> positions) {}

  /// @param from when the call to pause it was answered
  /// @param to when the call to resume it was made
  record Span(Instant from, Instant to) {}
}
