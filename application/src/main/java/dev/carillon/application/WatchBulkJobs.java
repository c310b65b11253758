package dev.carillon.application;

import dev.carillon.application.WatchedJobs.Change;
import dev.carillon.application.WatchedJobs.Seen;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.EventLog;
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
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

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
      Queue<BulkJob> missed =
          from == null ? new ArrayDeque<>() : missed(query, from, watched.seen().number());
      return new Watch(scope, query, watched, missed);
    } catch (RuntimeException | Error failure) {
      hub.leave(scope);
      throw failure;
    }
  }

  /// The jobs of which ends were told in the meantime.
  private Queue<BulkJob> missed(Query query, Position from, long upTo) {
    Scope scope = query.caller().scope();
    Set<EventType> ends = EnumSet.copyOf(JobsHub.ENDS);
    if (query.untilSettled()) {
      ends.add(EventType.BULK_SETTLED);
    }
    Set<BulkId> ended = new LinkedHashSet<>();
    long number = from.number();
    while (number < upTo) {
      EventLog.Part part = events.read(scope, number, ends, EVENTS_AT_ONCE);
      for (StoredEvent stored : part.events()) {
        if (stored.event() instanceof JobEvent event) {
          ended.add(event.bulkId());
        }
      }
      if (ended.size() > MOST_MISSED || from.number() < part.oldest()) {
        throw new DomainException(new DomainError.CursorTooOld(scope, part.oldest()));
      }
      number = part.upTo();
    }
    Queue<BulkJob> missed = new ArrayDeque<>();
    ended.forEach(id -> jobs.find(scope, id).ifPresent(missed::add));
    return missed;
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
  public record Position(long number, Instant at) {}

  /// One reader's view of a tenant's jobs. Keeps its place among the changes, and the ends that it
  /// missed in a break until it has told them. It never waits: [JobsHub#onNews] tells when to look
  /// again.
  public final class Watch implements AutoCloseable {
    private final Scope scope;
    private final WatchedJobs watched;
    private final boolean untilSettled;
    private final Optional<Position> resumed;
    private final Queue<BulkJob> missed;
    private final long begin;
    private final Set<BulkId> caughtUpOn = new LinkedHashSet<>();
    private Position known;
    private long place;
    private boolean closed;

    private Watch(Scope scope, Query query, WatchedJobs watched, Queue<BulkJob> missed) {
      this.scope = scope;
      this.watched = watched;
      this.untilSettled = query.untilSettled();
      this.resumed = query.resume();
      this.missed = missed;
      // Read before the place: what is known by then had changed before it.
      Seen seen = watched.seen();
      this.begin = watched.head();
      this.place = watched.dropped();
      this.known = resumed.orElse(new Position(seen.number(), seen.at()));
    }

    /// The next event; empty when there is nothing new. Throws QuotaExceeded when this reader was
    /// so slow that it has to go on by its position.
    public Optional<WatchEvent> poll() {
      if (!missed.isEmpty()) {
        BulkJob job = missed.remove();
        caughtUpOn.add(job.bulkId());
        return Optional.of(isEnd(job) ? new WatchEvent.End(job) : new WatchEvent.Progress(job));
      }
      if (place < watched.dropped()) {
        throw new DomainException(
            new DomainError.QuotaExceeded("changes kept for a slow reader", GO_ON_AFTER));
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
      caughtUpOn.clear();
      return Optional.empty();
    }

    /// Whether there may be something that was not told yet.
    public boolean hasNews() {
      return !missed.isEmpty() || watched.head() > place;
    }

    /// Where to go on after a break.
    public Position position() {
      return known;
    }

    private Optional<WatchEvent> event(Change change) {
      BulkJob job = change.job();
      if (change.place() > begin) {
        return Optional.of(isEnd(job) ? new WatchEvent.End(job) : new WatchEvent.Progress(job));
      }
      if (isKnown(change) || caughtUpOn.contains(job.bulkId())) {
        return Optional.empty();
      }
      return Optional.of(isEnd(job) ? new WatchEvent.End(job) : new WatchEvent.Snapshot(job));
    }

    /// Whether the reader knows, or does not want to know, of what was before the stream began.
    private boolean isKnown(Change change) {
      BulkJob job = change.job();
      if (resumed.isEmpty()) {
        return job.done();
      }
      Position from = resumed.get();
      return isEnd(job)
          ? change.number() > 0 && change.number() <= from.number()
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
