package dev.carillon.application.keeping;

import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Watches over jobs that stand still without a stated reason and reports each once an hour, for as
/// long as it does. One thread calls it.
public final class FindStalled {
  private static final int MOST = 200;
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);

  private final StalledJobs stalled;
  private final InstantSource clock;
  private final Duration quietTime;
  private final Consumer<StalledJob> report;
  private final Map<JobId, Instant> reported = new HashMap<>();

  /// @param quietTime without any change, after which a job is looked at
  public FindStalled(
      StalledJobs stalled, InstantSource clock, Duration quietTime, Consumer<StalledJob> report) {
    this.stalled = stalled;
    this.clock = clock;
    this.quietTime = quietTime;
    this.report = report;
  }

  /// Looks once; returns how many were reported.
  public int handle() {
    Instant now = clock.instant();
    List<StalledJob> found = stalled.find(quietTime, MOST);
    reported.keySet().retainAll(found.stream().map(StalledJob::id).toList());
    int told = 0;
    for (StalledJob job : found) {
      Instant before = reported.get(job.id());
      if (before == null || !now.isBefore(before.plus(AGAIN_AFTER))) {
        reported.put(job.id(), now);
        report.accept(job);
        told++;
      }
    }
    return told;
  }
}
