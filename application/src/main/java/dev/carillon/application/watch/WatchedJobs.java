package dev.carillon.application.watch;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.webhook.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The jobs of one tenant that changed last, in the order of their last changes, shared by all who
/// watch them on this node: a watcher keeps its place in this order, however slow it is. Of a job
/// that changes again only the last change is kept; its end keeps a place of its own, so that
/// nobody passes by it.
final class WatchedJobs {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<BulkId, Entry> entries = new HashMap<>();
  private final TreeMap<Long, Entry> changes = new TreeMap<>();
  private final TreeMap<Long, Entry> living = new TreeMap<>();
  private final TreeMap<Long, Entry> ends = new TreeMap<>();
  private volatile long head;
  private volatile long dropped;
  private volatile Seen seen;
  private int watchers;

  /// @param most jobs that are kept; what changed the longest ago gives way
  /// @param seen up to where all ends are in here: those before do not matter
  WatchedJobs(int most, Seen seen) {
    this.most = most;
    this.seen = seen;
  }

  /// Takes a job in if it is newer than what is known of it; false if not.
  boolean publish(BulkJob job) {
    return locked(() -> {
      Entry known = entries.get(job.bulkId());
      if (known == null) {
        // That a job which nobody knew has ended may be news or long past: its event tells.
        put(job, new Entry(job));
        return true;
      }
      if (known.job.version() >= job.version()) {
        return false;
      }
      boolean wasDone = known.job.done();
      put(job, known);
      if (job.done() && !wasDone) {
        end(known);
      }
      return true;
    });
  }

  /// Notes the number of the event of a job's end; true when it is only now that the end is known.
  boolean note(BulkId bulkId, EventType type, long number) {
    return locked(() -> {
      Entry known = entries.get(bulkId);
      if (known == null) {
        return false;
      }
      if (type == EventType.BULK_SETTLED) {
        known.settledNumber = number;
        return false;
      }
      known.endNumber = number;
      boolean late = known.endPlace == 0 && known.job.done();
      if (late) {
        end(known);
      }
      return late;
    });
  }

  /// Whether the event of the job's end that is meant is known by then; also when the job has given
  /// way.
  boolean isNoted(BulkId bulkId, boolean untilSettled, long upTo) {
    return locked(() -> {
      Entry known = entries.get(bulkId);
      if (known == null) {
        return true;
      }
      long number = untilSettled ? known.settledNumber : known.endNumber;
      return number > 0 && number <= upTo;
    });
  }

  /// Whether the job is known as one that stands as its event of this type says, or further.
  boolean knows(BulkId bulkId, EventType type) {
    return locked(() -> {
      Entry known = entries.get(bulkId);
      return known != null
          && switch (type) {
            case BULK_SETTLED -> known.job.life().settledAt() != null;
            case BULK_COMPLETED, BULK_FAILED, BULK_CANCELLED -> known.job.done();
            default -> true;
          };
    });
  }

  /// The first that comes after this place: a change of a job that has not ended or its end, or,
  /// until it is settled, whatever change; empty when there is none.
  Optional<Change> after(long place, boolean untilSettled) {
    return locked(() ->
        untilSettled
            ? change(changes.higherEntry(place), true)
            : Stream.of(
                    change(living.higherEntry(place), false),
                    change(ends.higherEntry(place), false))
                .flatMap(Optional::stream)
                .min((one, other) -> Long.compare(one.place(), other.place())));
  }

  /// All that stand at one of these.
  List<BulkJob> at(Set<JobStatus> statuses) {
    return locked(() ->
        living.values().stream()
            .map(entry -> entry.job)
            .filter(job -> statuses.contains(job.status()))
            .toList());
  }

  /// How many jobs are kept.
  int most() {
    return most;
  }

  /// The last place.
  long head() {
    return head;
  }

  /// The place up to which changes have given way.
  long dropped() {
    return dropped;
  }

  /// Up to where everything is in here.
  Seen seen() {
    return seen;
  }

  /// All that had happened by then is in here.
  void saw(Seen upTo) {
    seen = upTo;
  }

  /// Counts a watcher more (+1) or less (-1) and returns how many there are. Called under the hub's
  /// map entry.
  int count(int change) {
    watchers += change;
    return watchers;
  }

  private void put(BulkJob job, Entry entry) {
    changes.remove(entry.place);
    living.remove(entry.place);
    entry.job = job;
    entry.place = next();
    entries.put(job.bulkId(), entry);
    changes.put(head, entry);
    if (!job.done()) {
      living.put(head, entry);
    }
    if (changes.size() > most) {
      drop(changes.firstEntry().getValue());
    }
  }

  // Written under the lock only.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private long next() {
    return ++head;
  }

  private void end(Entry entry) {
    entry.endPlace = next();
    ends.put(head, entry);
  }

  private void drop(Entry entry) {
    changes.remove(entry.place);
    living.remove(entry.place);
    ends.remove(entry.endPlace);
    entries.remove(entry.job.bulkId());
    dropped = Math.max(entry.place, entry.endPlace);
  }

  private static Optional<Change> change(
      Map.@Nullable Entry<Long, Entry> at, boolean untilSettled) {
    return Optional.ofNullable(at)
        .map(found -> {
          Entry entry = found.getValue();
          long number = untilSettled ? entry.settledNumber : entry.endNumber;
          return new Change(entry.job, found.getKey(), number);
        });
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// Up to where everything is known.
  ///
  /// @param number of the events
  /// @param at by this node's clock
  record Seen(long number, Instant at) {}

  /// A job that changed.
  ///
  /// @param number of the event of the end that is meant; 0 while that is not known
  record Change(BulkJob job, long place, long number) {}

  private static final class Entry {
    private BulkJob job;
    private long place;
    private long endPlace;
    private long endNumber;
    private long settledNumber;

    Entry(BulkJob job) {
      this.job = job;
    }
  }
}
