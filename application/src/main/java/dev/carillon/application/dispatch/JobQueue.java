package dev.carillon.application.dispatch;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The jobs that have something for this node's workers, and whose turn it is. Every node has its
/// own and shares fairly by itself, so that all of them do together. Jobs that have nothing now are
/// passed over for a while; a carrier that fails is not asked, and a slow one cannot hold every
/// worker: jobs count as those of the carrier that comes first on their routes.
///
/// Safe for use by all workers.
public final class JobQueue {
  /// The list is read from the store at most so often.
  private static final Duration FRESH = Duration.ofMillis(20);

  /// ... and at least so often while it is asked for.
  private static final Duration OLD = Duration.ofMillis(250);

  /// What another node gives back is found after so long at the latest.
  private static final Duration LONGEST_SKIP = Duration.ofMillis(500);

  private static final int PER_BUSINESS = 20;
  private static final int MOST_JOBS = 1_000;
  private static final int MOST_SKIPPED = 10_000;
  private static final int MOST_HEARD_OF = 10_000;

  private final BulkJobRepository jobs;
  private final CarrierCircuits circuits;
  private final InstantSource clock;
  private final int workers;
  private final FairShare share;
  private final Map<JobId, Instant> skipped = new HashMap<>();
  private final BusyCarriers busy = new BusyCarriers();

  /// Jobs that were not on the list when something about them changed lately, and for which it is
  /// not read again so soon.
  private final Set<JobId> heardOf = ConcurrentHashMap.newKeySet();

  private List<JobAtWork> present = List.of();
  private Instant readAt = Instant.EPOCH;
  private Instant forgotAt = Instant.EPOCH;
  private volatile Set<JobId> known = Set.of();
  private volatile Set<JobId> urgent = Set.of();

  private volatile boolean news;
  private volatile boolean heardAgain;

  /// @param workers how many of this node may work at a time, for the share that one carrier may
  ///   hold while others have work
  /// @param slice how long a business is served by the same one of its jobs
  public JobQueue(
      BulkJobRepository jobs,
      CarrierCircuits circuits,
      InstantSource clock,
      int workers,
      Duration slice) {
    this.jobs = jobs;
    this.circuits = circuits;
    this.clock = clock;
    this.workers = workers;
    this.share = new FairShare(slice);
  }

  /// The job that a free worker should turn to, until it [#leave]s it; empty when none has
  /// anything.
  ///
  /// @param urgentOnly whether the worker is kept for what is urgent
  synchronized Optional<JobAtWork> enter(boolean urgentOnly) {
    dropExpiredSkips();
    readIfOld(news);
    List<JobAtWork> waiting = waiting(urgentOnly);
    if (waiting.isEmpty() && !urgentOnly) {
      readIfOld(true);
      waiting = waiting(false);
    }
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    if (!urgentOnly) {
      share.catchUp(waiting);
    }
    JobAtWork next = share.next(waiting, clock.instant());
    busy.enter(next);
    return Optional.of(next);
  }

  /// The worker has turned from the job.
  synchronized void leave(JobAtWork job) {
    busy.leave(job);
  }

  /// The job's messages are found to go by this carrier before any other.
  synchronized void goesBy(JobAtWork job, CarrierId carrier) {
    busy.goesBy(job, carrier);
  }

  /// The worker serves so many of its messages.
  synchronized void charge(JobAtWork job, int messages) {
    share.charge(job, messages);
  }

  /// Something about a job has changed. One that is not on the list may have come anew; if it has
  /// not, because others come before it or it has just ended, the list is not read sooner for it
  /// again. Returns whether it may be urgent.
  boolean changed(JobId job) {
    if (known.contains(job)) {
      return urgent.contains(job);
    }
    if (heardOf.size() >= MOST_HEARD_OF || heardOf.add(job)) {
      news = true;
    } else {
      heardAgain = true;
    }
    return true;
  }

  /// Whether there may be something urgent: some is on the list, or something has changed about
  /// jobs that are not since it was read.
  boolean mayHaveUrgent() {
    return news || heardAgain || !urgent.isEmpty();
  }

  /// The job has nothing for anybody any more.
  synchronized void done(JobId job) {
    present = present.stream().filter(other -> !other.id().equals(job)).toList();
  }

  /// The job has nothing for anybody before that time.
  synchronized void skip(JobId job, Instant until) {
    Instant most = clock.instant().plus(LONGEST_SKIP);
    if (skipped.size() < MOST_SKIPPED) {
      skipped.put(job, until.isBefore(most) ? until : most);
    }
  }

  /// Something of the job was given back and may be taken at once.
  synchronized void givenBack(JobId job) {
    skipped.remove(job);
  }

  /// Whether another job than this could be served.
  synchronized boolean othersWait(JobId than) {
    dropExpiredSkips();
    readIfOld(news);
    return present.stream().anyMatch(job -> !job.id().equals(than) && mayBeServed(job));
  }

  private boolean mayBeServed(JobAtWork job) {
    if (skipped.containsKey(job.id())) {
      return false;
    }
    return job.sweeping() || (busy.workersBeside(job) < most() && !isClosed(job));
  }

  private boolean isClosed(JobAtWork job) {
    return !job.sweeping() && circuits.holdUp(job);
  }

  /// How many workers one carrier may hold: one less than there are while other carriers have work.
  private int most() {
    boolean several = present.stream().map(busy::of).distinct().count() > 1;
    return several ? Math.max(1, workers - 1) : Integer.MAX_VALUE;
  }

  private void dropExpiredSkips() {
    Instant now = clock.instant();
    skipped.values().removeIf(until -> !until.isAfter(now));
  }

  private List<JobAtWork> waiting(boolean urgentOnly) {
    return present.stream()
        .filter(job -> !urgentOnly || job.priority() == Priority.URGENT)
        .filter(this::mayBeServed)
        .toList();
  }

  /// Reads the list anew when it has grown old; sooner when there is news, or it has nothing.
  private void readIfOld(boolean sooner) {
    Instant now = clock.instant();
    if (isWithin(sooner ? FRESH : OLD, readAt, now)) {
      return;
    }
    readAt = now;
    news = false;
    heardAgain = false;
    if (!isWithin(OLD, forgotAt, now)) {
      forgotAt = now;
      heardOf.clear();
    }
    List<JobAtWork> passedOver =
        present.stream().filter(job -> skipped.containsKey(job.id()) || isClosed(job)).toList();
    List<JobAtWork> found = read(passedOver);
    List<JobAtWork> all = new ArrayList<>(found);
    passedOver.stream().filter(job -> !found.contains(job)).forEach(all::add);
    all.sort((one, other) -> other.priority().compareTo(one.priority()));
    present = all;
    urgent = ids(all, job -> job.priority() == Priority.URGENT);
    known = ids(all, _ -> true);
    share.update(present);
    busy.update(known);
  }

  private List<JobAtWork> read(List<JobAtWork> without) {
    try {
      return jobs.atWork(without.stream().map(JobAtWork::id).toList(), PER_BUSINESS, MOST_JOBS);
    } catch (RuntimeException away) {
      news = true;
      throw away;
    }
  }

  private static Set<JobId> ids(List<JobAtWork> jobs, Predicate<JobAtWork> which) {
    return jobs.stream().filter(which).map(JobAtWork::id).collect(Collectors.toUnmodifiableSet());
  }

  /// A clock that was set back counts as one that went on.
  private static boolean isWithin(Duration time, Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    return !age.isNegative() && age.compareTo(time) < 0;
  }
}
