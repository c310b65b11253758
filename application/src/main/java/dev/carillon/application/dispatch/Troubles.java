package dev.carillon.application.dispatch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Jobs at which workers fail for no reason that is foreseen. Such a job is left alone for a while,
/// longer each time; after some failures in a row it is stopped as broken, so that it poisons
/// nothing: what was unsent of it becomes FAILED with SYSTEM_ERROR and can be retried.
public final class Troubles {
  private static final int MOST_IN_A_ROW = 5;
  private static final int MOST_JOBS = 1_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final BulkJobRepository jobs;
  private final JobQueue queue;
  private final InstantSource clock;
  private final Map<JobId, Integer> failures = new HashMap<>();

  public Troubles(BulkJobRepository jobs, JobQueue queue, InstantSource clock) {
    this.jobs = jobs;
    this.queue = queue;
    this.clock = clock;
  }

  /// A worker failed at the job. That the store is not available is nobody's fault and not counted.
  void failed(JobId job, Throwable failure) {
    if (failure instanceof DomainException) {
      return;
    }
    int inARow = count(job);
    if (inARow >= MOST_IN_A_ROW) {
      jobs.markBroken(job, clock.instant());
      worked(job);
    } else {
      queue.skip(job, clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << inARow)));
    }
  }

  /// A worker did not fail at the job.
  synchronized void worked(JobId job) {
    failures.remove(job);
  }

  private synchronized int count(JobId job) {
    if (failures.size() >= MOST_JOBS) {
      failures.clear();
    }
    return failures.merge(job, 1, Integer::sum);
  }
}
