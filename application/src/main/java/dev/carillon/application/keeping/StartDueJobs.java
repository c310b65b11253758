package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Has jobs begin whose send time has come, and tells the workers. A job that skips and could not
/// begin within the grace after its send time expires instead.
public final class StartDueJobs {
  private static final int MOST = 500;

  private final BulkJobRepository jobs;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final Duration misfireGrace;

  public StartDueJobs(
      BulkJobRepository jobs, ProgressFeed feed, InstantSource clock, Duration misfireGrace) {
    this.jobs = jobs;
    this.feed = feed;
    this.clock = clock;
    this.misfireGrace = misfireGrace;
  }

  /// Does a part of it; returns how many jobs began.
  public int handle() {
    Instant now = clock.instant();
    List<JobId> due = jobs.fallDue(now, now.minus(misfireGrace), MOST);
    due.forEach(feed::changed);
    return due.size();
  }
}
