package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.JobLife;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.FailureGuard;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.PauseReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Pauses jobs of which too many messages fail, so that their owners can look before the rest is
/// lost. A job that its owner resumes is judged by what happens from then on; so is one that had
/// begun before this node did, since it may have been resumed. One thread calls it.
public final class PauseFailing {
  private static final int JOBS_AT_ONCE = 100;

  private final Store store;
  private final JobLife life;
  private final ProgressFeed feed;
  private final InstantSource clock;
  private final FailureGuard guard;
  private final Supplier<Set<JobId>> atWork;
  private final Instant began;
  private final Map<JobId, Counters> before = new HashMap<>();

  /// @param atWork the jobs that this node is working at
  public PauseFailing(
      Store store,
      JobLife life,
      ProgressFeed feed,
      InstantSource clock,
      FailureGuard guard,
      Supplier<Set<JobId>> atWork) {
    this.store = store;
    this.life = life;
    this.feed = feed;
    this.clock = clock;
    this.guard = guard;
    this.atWork = atWork;
    this.began = clock.instant();
  }

  /// Looks at all of them; returns how many were paused.
  public int handle() {
    // Those seen before, too: one that is not at work may wait for a retry, or may have been
    // paused.
    Set<JobId> ids = new LinkedHashSet<>(atWork.get());
    ids.addAll(before.keySet());
    List<JobId> all = List.copyOf(ids);
    int paused = 0;
    for (int from = 0; from < all.size(); from += JOBS_AT_ONCE) {
      for (BulkJob job : find(all.subList(from, Math.min(from + JOBS_AT_ONCE, all.size())))) {
        paused += look(job) ? 1 : 0;
      }
    }
    return paused;
  }

  private List<BulkJob> find(List<JobId> some) {
    List<BulkJob> found = store.jobs().findAll(some);
    Set<JobId> forgotten = new HashSet<>(some);
    found.forEach(job -> forgotten.remove(job.id()));
    before.keySet().removeAll(forgotten);
    return found;
  }

  private boolean look(BulkJob job) {
    int percent = job.submission().plan().failurePercent();
    if (percent == 0 || job.done()) {
      before.remove(job.id());
      return false;
    }
    if (!job.status().isRunning()) {
      before.put(job.id(), job.counters());
      return false;
    }
    Counters start = before.computeIfAbsent(job.id(), _ -> startOf(job));
    return guard.trips(since(start, job.counters()), percent) && pause(job);
  }

  private Counters startOf(BulkJob job) {
    Instant started = job.life().startedAt();
    return started != null && started.isBefore(began)
        ? job.counters()
        : job.counters().atAcceptance();
  }

  private boolean pause(BulkJob job) {
    JobId id = job.id();
    Instant now = clock.instant();
    boolean paused =
        store
            .transactions()
            .inTransaction(() -> {
              boolean moved = store.jobs().pause(id, PauseReason.FAILURE_RATE, now);
              if (moved) {
                life.tellPaused(id, now);
              }
              return moved;
            });
    before.put(id, job.counters());
    feed.changed(id);
    return paused;
  }

  private static Counters since(Counters start, Counters now) {
    long taken = Math.max(0, now.sentCount() - start.sentCount());
    long failed = Math.max(0, now.failed() - start.failed());
    return new Counters(0, 0, 0, 0, 0, 0, taken, 0, 0, 0, failed, 0, 0, 0, 0);
  }

  /// Where it is stored.
  public record Store(Transactions transactions, BulkJobRepository jobs) {}
}
