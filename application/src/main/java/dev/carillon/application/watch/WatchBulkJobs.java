package dev.carillon.application.watch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.watch.WatchedJobs.Change;
import dev.carillon.application.watch.WatchedJobs.Seen;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/// Watches all jobs of the caller's business and environment: those under way first, then whatever
/// changes, each job's end among it.
public final class WatchBulkJobs {
  /// By how much the clocks of nodes may differ, and a change be older than its commit.
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final Duration GO_ON_AFTER = Duration.ofSeconds(1);
  private static final int MOST_MISSED = 2_000;
  private static final int EVENTS_AT_ONCE = 500;

  private final BulkJobRepository jobs;
  private final EventLog events;
  private final JobsHub hub;

  public WatchBulkJobs(BulkJobRepository jobs, EventLog events, JobsHub hub) {
    this.jobs = jobs;
    this.events = events;
    this.hub = hub;
  }

  /// A watch to be read by one thread at a time and closed by it. Throws a DomainException:
  /// QuotaExceeded (too many watchers), CursorTooOld when more ended since than can be caught up
  /// on.
  public Watch handle(Query query) {
    Scope scope = query.caller().scope();
    WatchedJobs watched = hub.join(scope);
    try {
      Position from = query.resume().orElse(null);
      Map<BulkId, Long> ended =
          from == null ? Map.of() : ended(query, from, watched.seen().number());
      return new Watch(query, watched, ended);
    } catch (RuntimeException | Error failure) {
      hub.leave(scope);
      throw failure;
    }
  }

  /// The jobs that ended in the meantime, and the number of the last event that says so of each, in
  /// the order of these.
  private Map<BulkId, Long> ended(Query query, Position from, long upTo) {
    Scope scope = query.caller().scope();
    Set<EventType> ends = EnumSet.copyOf(JobsHub.ENDS);
    if (query.untilSettled()) {
      ends.add(EventType.BULK_SETTLED);
    }
    Map<BulkId, Long> ended = new LinkedHashMap<>();
    long number = from.number();
    while (number < upTo) {
      EventLog.Part part = events.read(scope, number, ends, EVENTS_AT_ONCE);
      for (StoredEvent stored : part.events()) {
        if (stored.event() instanceof JobEvent event) {
          ended.remove(event.bulkId());
          ended.put(event.bulkId(), stored.number());
        }
      }
      if (ended.size() > MOST_MISSED || from.number() < part.oldest()) {
        throw new DomainException(new DomainError.CursorTooOld(scope, part.oldest()));
      }
      number = part.upTo();
    }
    return ended;
  }

  /// What to watch.
  ///
  /// @param resume the position of the last event that was read: what is older is not told again
  /// @param untilSettled whether the end of a job that is meant is its second one
  public record Query(Caller caller, Optional<Position> resume, boolean untilSettled) {}

  /// Up to where a reader knows everything.
  ///
  /// @param number of the events
  /// @param at when that was
  /// @param told ends beyond, opaque: they were told before their events had a number
  /// @param settled whether they are the second ones of their jobs
  public record Position(long number, Instant at, Set<Long> told, boolean settled) {
    public Position {
      told = Collections.unmodifiableSet(new LinkedHashSet<>(told));
    }

    /// One beyond which no end was told.
    public Position(long number, Instant at) {
      this(number, at, Set.of(), false);
    }
  }

  /// A job that ended in a break.
  ///
  /// @param number of the last event that says so
  private record Missed(BulkJob job, long number) {}

  /// One reader's view of a tenant's jobs. Keeps its place among the changes, and the ends that it
  /// missed in a break until it has told them. It never waits: [JobsHub#onNews] tells when to look
  /// again.
  public final class Watch implements Watched {
    private final Scope scope;
    private final WatchedJobs watched;
    private final boolean untilSettled;
    private final Optional<Position> resumed;
    private final Queue<Missed> missed = new ArrayDeque<>();
    private final long begin;
    private final Set<BulkId> caughtUpOn = new LinkedHashSet<>();
    private final ToldEnds told;
    private Position known;
    private long place;
    private boolean closed;

    private Watch(Query query, WatchedJobs watched, Map<BulkId, Long> ended) {
      this.scope = query.caller().scope();
      this.watched = watched;
      this.untilSettled = query.untilSettled();
      this.resumed = query.resume();
      this.told = new ToldEnds(toldBefore(), marks(ended.keySet()));
      ended.forEach((id, number) -> {
        if (!told.isKnown(id)) {
          jobs.find(scope, id).ifPresent(job -> missed.add(new Missed(job, number)));
        }
      });
      // Read before the place: what is known by then had changed before it.
      Seen seen = watched.seen();
      this.begin = watched.head();
      this.place = watched.dropped();
      this.known = resumed.orElse(new Position(seen.number(), seen.at()));
    }

    /// The next event; empty when there is nothing new. Throws QuotaExceeded when this reader was
    /// so slow that it has to go on by its position.
    @Override
    public Optional<WatchEvent> poll() {
      if (!missed.isEmpty()) {
        Missed next = missed.remove();
        BulkJob job = next.job();
        caughtUpOn.add(job.bulkId());
        known = new Position(next.number(), known.at());
        return Optional.of(isEnd(job) ? new WatchEvent.End(job) : new WatchEvent.Progress(job));
      }
      if (place < watched.dropped()) {
        throw new DomainException(
            new DomainError.QuotaExceeded(
                watched.most() + " changed jobs kept for a slow reader", GO_ON_AFTER));
      }
      // Read before the changes: what is known by then is among them.
      Seen seen = watched.seen();
      Change next = watched.after(place, untilSettled).orElse(null);
      while (next != null) {
        Optional<WatchEvent> event = event(next);
        place = next.place();
        if (event.isPresent()) {
          return event;
        }
        next = watched.after(place, untilSettled).orElse(null);
      }
      known = new Position(seen.number(), seen.at());
      told.forget(job -> watched.isNoted(job, untilSettled, seen.number()));
      caughtUpOn.clear();
      return Optional.empty();
    }

    @Override
    public boolean hasNews() {
      return !missed.isEmpty() || watched.head() > place;
    }

    /// Each round tells all that changed.
    @Override
    public boolean isMany() {
      return true;
    }

    @Override
    public WatchEvent.Heartbeat beat() {
      return new WatchEvent.Heartbeat(position().number());
    }

    /// Where to go on after a break.
    public Position position() {
      Set<Long> beyond = told.marks();
      return beyond.isEmpty()
          ? known
          : new Position(known.number(), known.at(), beyond, untilSettled);
    }

    /// Ends of the other kind say nothing about those that are meant now.
    private Set<Long> toldBefore() {
      return resumed
          .filter(from -> from.settled() == untilSettled)
          .map(Position::told)
          .orElse(Set.of());
    }

    private static Set<Long> marks(Set<BulkId> ended) {
      return ended.stream().map(ToldEnds::mark).collect(Collectors.toSet());
    }

    private Optional<WatchEvent> event(Change change) {
      BulkJob job = change.job();
      if (change.place() > begin) {
        return isEnd(job) ? end(job) : Optional.of(new WatchEvent.Progress(job));
      }
      if (isKnown(change) || caughtUpOn.contains(job.bulkId())) {
        return Optional.empty();
      }
      return isEnd(job) ? end(job) : Optional.of(new WatchEvent.Snapshot(job));
    }

    private Optional<WatchEvent> end(BulkJob job) {
      return told.note(job.bulkId()) ? Optional.of(new WatchEvent.End(job)) : Optional.empty();
    }

    /// Whether the reader knows, or does not want to know, of what was before the stream began.
    private boolean isKnown(Change change) {
      BulkJob job = change.job();
      if (resumed.isEmpty()) {
        return job.done();
      }
      Position from = resumed.get();
      return isEnd(job)
          ? told.isKnown(job.bulkId()) || (change.number() > 0 && change.number() <= from.number())
          : job.life().updatedAt().isBefore(from.at().minus(MARGIN));
    }

    private boolean isEnd(BulkJob job) {
      return job.done() && (!untilSettled || job.life().settledAt() != null);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        hub.leave(scope);
      }
    }
  }
}
