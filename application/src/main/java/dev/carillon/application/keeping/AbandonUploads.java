package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.port.Uploads;
import dev.carillon.application.settling.JobLife;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Cancels jobs that have been OPEN for too long. What was uploaded is swept by the workers, as of
/// any job that is CANCELLING.
public final class AbandonUploads {
  private static final int JOBS = 100;

  private final Store store;
  private final JobLife life;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final Duration openAge;

  public AbandonUploads(
      Store store, JobLife life, ProgressFeed feed, InstantSource clock, Duration openAge) {
    this.store = store;
    this.life = life;
    this.feed = feed;
    this.clock = clock;
    this.openAge = openAge;
  }

  /// Does a part of it; returns how many jobs were too old.
  public int handle() {
    Instant now = clock.instant();
    List<JobId> old = store.uploads().openedBefore(now.minus(openAge), JOBS);
    old.forEach(job -> abandon(job, now));
    return old.size();
  }

  private void abandon(JobId job, Instant now) {
    store
        .transactions()
        .run(() -> {
          if (store.jobs().move(job, JobTransition.ABANDON, null, now)) {
            life.endIfEmpty(job, now);
          }
        });
    feed.changed(job);
  }

  /// Where it is stored.
  public record Store(Transactions transactions, BulkJobRepository jobs, Uploads uploads) {}
}
