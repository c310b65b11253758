package dev.carillon.application.watch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Knows which jobs are watched on this node and keeps one latest snapshot of each, however many
/// watch it. Told by the progress feed, and looking for itself every second besides, so that a lost
/// notice costs a second.
public final class WatchHub {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private static final Duration LEAST_INTERVAL = Duration.ofMillis(50);

  private final BulkJobRepository jobs;
  private final int mostWatchers;
  private final ConcurrentHashMap<JobId, WatchTopic> topics = new ConcurrentHashMap<>();
  private final Set<JobId> changed = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final AtomicInteger watchers = new AtomicInteger();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long lookedNanos = System.nanoTime() - LEAST_INTERVAL.toNanos();
  private long lookedAtAllNanos = System.nanoTime();

  /// A hub for at most so many watchers at a time.
  public WatchHub(BulkJobRepository jobs, ProgressFeed feed, int mostWatchers) {
    this.jobs = jobs;
    this.mostWatchers = mostWatchers;
    feed.onChange(this::changed);
  }

  /// Waits for changes and publishes what is new: of the jobs that changed, and of all that are
  /// watched whenever the given time has passed since the last look at all; at most every 50 ms.
  /// Called in a loop by one thread.
  public void refresh(Duration most) throws InterruptedException {
    long left = most.toNanos() - (System.nanoTime() - lookedAtAllNanos);
    boolean told = wake.tryAcquire(Math.max(0, left), TimeUnit.NANOSECONDS);
    // Changes come hundreds of times a second, and every look sums up a job's chunks.
    TimeUnit.NANOSECONDS.sleep(lookedNanos + LEAST_INTERVAL.toNanos() - System.nanoTime());
    lookedNanos = System.nanoTime();
    wake.drainPermits();
    boolean all = !told || System.nanoTime() - lookedAtAllNanos >= most.toNanos();
    if (all) {
      lookedAtAllNanos = System.nanoTime();
    }
    Set<JobId> due = Set.copyOf(all ? topics.keySet() : changed);
    changed.removeAll(due);
    due = Set.copyOf(due.stream().filter(topics::containsKey).toList());
    if (!due.isEmpty()) {
      publish(jobs.findAll(due));
    }
  }

  /// Calls the listener whenever a watched job has news for those who watch it, from any thread.
  /// The listener must return at once.
  public void onNews(Runnable listener) {
    listeners.add(listener);
  }

  /// How many watch at this moment.
  public int watchers() {
    return watchers.get();
  }

  WatchTopic join(BulkJob job) {
    if (watchers.incrementAndGet() > mostWatchers) {
      watchers.decrementAndGet();
      throw new DomainException(
          new DomainError.QuotaExceeded(mostWatchers + " watchers of this node", TRY_AGAIN));
    }
    WatchTopic joined =
        topics.compute(
            job.id(),
            (_, topic) -> {
              WatchTopic known = topic == null ? new WatchTopic(job) : topic;
              known.count(+1);
              return known;
            });
    if (joined.publish(job)) {
      tell();
    }
    return joined;
  }

  void leave(JobId id) {
    watchers.decrementAndGet();
    topics.computeIfPresent(id, (_, topic) -> topic.count(-1) == 0 ? null : topic);
  }

  private void changed(JobId id) {
    if (topics.containsKey(id)) {
      changed.add(id);
      wake.release();
    }
  }

  private void publish(List<BulkJob> fresh) {
    boolean news = false;
    for (BulkJob job : fresh) {
      WatchTopic topic = topics.get(job.id());
      news |= topic != null && topic.publish(job);
    }
    if (news) {
      tell();
    }
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }
}
