package dev.carillon.application.watch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.watch.WatchedJobs.Seen;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Knows which tenants' jobs are watched on this node and keeps what changed last of each, however
/// many watch. Told of changes by the progress feed, and of ends by the events, of which it reads
/// all: it misses none, on whatever node they happened.
public final class JobsHub {
  /// What is told of jobs, but for their progress.
  static final Set<EventType> EVENTS =
      EnumSet.of(
          EventType.BULK_STARTED,
          EventType.BULK_PAUSED,
          EventType.BULK_COMPLETED,
          EventType.BULK_FAILED,
          EventType.BULK_CANCELLED,
          EventType.BULK_SETTLED);

  /// Those that tell that a job has ended.
  static final Set<EventType> ENDS =
      EnumSet.of(EventType.BULK_COMPLETED, EventType.BULK_FAILED, EventType.BULK_CANCELLED);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(50);
  private static final int EVENTS_AT_ONCE = 500;
  private static final int JOBS_KEPT = 5_000;
  private static final Set<JobStatus> LIVING =
      Arrays.stream(JobStatus.values())
          .filter(status -> !status.isEnd())
          .collect(Collectors.toUnmodifiableSet());

  /// What moves without anybody's doing, and may move unheard.
  private static final Set<JobStatus> MOVING =
      EnumSet.of(JobStatus.PENDING, JobStatus.PROCESSING, JobStatus.CANCELLING);

  private final BulkJobRepository jobs;
  private final EventLog events;
  private final InstantSource clock;
  private final int mostWatchers;
  private final Semaphore room;
  private final Map<Scope, WatchedJobs> tenants = new ConcurrentHashMap<>();
  private final Set<JobId> changed = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long lookedNanos = System.nanoTime() - LEAST_INTERVAL.toNanos();
  private long lookedAtAllNanos = System.nanoTime();

  /// @param jobs, events not bounded by a tenant
  /// @param mostWatchers at a time
  public JobsHub(
      BulkJobRepository jobs,
      EventLog events,
      ProgressFeed feed,
      InstantSource clock,
      int mostWatchers) {
    this.jobs = jobs;
    this.events = events;
    this.clock = clock;
    this.mostWatchers = mostWatchers;
    this.room = new Semaphore(mostWatchers);
    feed.onChange(this::changed);
  }

  /// Waits for changes and publishes what is new: of the jobs that changed, and of all that move,
  /// and all events, whenever the given time has passed since the last look at all. Called in a
  /// loop by one thread.
  public void refresh(Duration most) throws InterruptedException {
    long left = most.toNanos() - (System.nanoTime() - lookedAtAllNanos);
    boolean told = wake.tryAcquire(Math.max(0, left), TimeUnit.NANOSECONDS);
    TimeUnit.NANOSECONDS.sleep(lookedNanos + LEAST_INTERVAL.toNanos() - System.nanoTime());
    lookedNanos = System.nanoTime();
    wake.drainPermits();
    boolean news = false;
    if (!told || System.nanoTime() - lookedAtAllNanos >= most.toNanos()) {
      lookedAtAllNanos = System.nanoTime();
      news = lookAtAll();
    }
    Set<JobId> due = Set.copyOf(changed);
    changed.removeAll(due);
    news |= look(due);
    if (news) {
      listeners.forEach(Runnable::run);
    }
  }

  /// Calls the listener whenever there is news for those who watch, from any thread. The listener
  /// must return at once.
  public void onNews(Runnable listener) {
    listeners.add(listener);
  }

  WatchedJobs join(Scope scope) {
    if (!room.tryAcquire()) {
      throw new DomainException(
          new DomainError.QuotaExceeded(
              mostWatchers + " watchers of all jobs of this node", TRY_AGAIN));
    }
    try {
      WatchedJobs first = tenants.containsKey(scope) ? null : loaded(scope);
      return tenants.compute(
          scope,
          (_, known) -> {
            WatchedJobs joined = known != null ? known : first != null ? first : loaded(scope);
            joined.count(+1);
            return joined;
          });
    } catch (RuntimeException | Error failure) {
      room.release();
      throw failure;
    }
  }

  void leave(Scope scope) {
    room.release();
    tenants.computeIfPresent(scope, (_, known) -> known.count(-1) == 0 ? null : known);
  }

  private WatchedJobs loaded(Scope scope) {
    // What ends after this has a higher number: no end can come between this and the list.
    WatchedJobs first = new WatchedJobs(JOBS_KEPT, new Seen(events.newest(), clock.instant()));
    JobFilter living = new JobFilter(LIVING, Set.of(), null, Map.of());
    PageRequest page = new PageRequest(PageRequest.MOST, 0, OptionalLong.empty());
    jobs.list(scope, living, page).items().reversed().forEach(first::publish);
    return first;
  }

  private void changed(JobId id) {
    if (!tenants.isEmpty()) {
      changed.add(id);
      wake.release();
    }
  }

  private boolean lookAtAll() {
    boolean news = false;
    for (Map.Entry<Scope, WatchedJobs> tenant : tenants.entrySet()) {
      Instant at = clock.instant();
      news |= look(moving(tenant.getValue()));
      news |= readEvents(tenant.getKey(), tenant.getValue(), at);
    }
    return news;
  }

  private boolean readEvents(Scope scope, WatchedJobs watched, Instant at) {
    boolean news = false;
    EventLog.Part part = null;
    while (part == null || part.events().size() == EVENTS_AT_ONCE) {
      part = events.read(scope, watched.seen().number(), EVENTS, EVENTS_AT_ONCE);
      for (StoredEvent stored : part.events()) {
        if (stored.event() instanceof JobEvent event) {
          news |= take(scope, watched, event, stored.number());
        }
      }
      watched.saw(new Seen(part.upTo(), at));
    }
    return news;
  }

  private boolean take(Scope scope, WatchedJobs watched, JobEvent event, long number) {
    boolean news = false;
    if (!watched.knows(event.bulkId(), event.type())) {
      news = jobs.find(scope, event.bulkId()).map(watched::publish).orElse(false);
    }
    boolean isEnd = ENDS.contains(event.type()) || event.type() == EventType.BULK_SETTLED;
    news |= isEnd && watched.note(event.bulkId(), event.type(), number);
    return news;
  }

  private static Set<JobId> moving(WatchedJobs watched) {
    return watched.at(MOVING).stream().map(BulkJob::id).collect(Collectors.toSet());
  }

  private boolean look(Set<JobId> due) {
    if (due.isEmpty() || tenants.isEmpty()) {
      return false;
    }
    boolean news = false;
    for (BulkJob job : jobs.findAll(new HashSet<>(due))) {
      WatchedJobs watched = tenants.get(job.scope());
      news |= watched != null && watched.publish(job);
    }
    return news;
  }
}
