package dev.carillon.application.dispatch;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whose turn it is, by start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM 1996) on three levels:
/// priorities by their weights, then businesses evenly, then the jobs of a business. Each has a
/// virtual time, what it was served so far by its weight; the one that is furthest behind goes
/// next. Who comes anew, or comes back, starts where the others are: it neither owes nor is owed
/// anything. So nothing waits for ever, and an urgent job waits for at most one turn.
///
/// Not thread-safe.
final class FairShare {
  private static final double URGENT_WEIGHT = 64;
  private static final double NORMAL_WEIGHT = 8;
  private static final double BULK_WEIGHT = 1;

  private final Map<Priority, Double> priorities = new HashMap<>();
  private final Map<Owner, Double> owners = new HashMap<>();
  private final Map<JobId, Double> jobs = new HashMap<>();
  private final Map<Owner, Stay> stays = new HashMap<>();
  private final Duration stayTime;

  /// @param stayTime how long a business is served by the same one of its jobs
  FairShare(Duration stayTime) {
    this.stayTime = stayTime;
  }

  /// These wait. Whoever does not, because there is nothing for it to be served with now, is owed
  /// nothing for that time: when it comes back it starts where the others are.
  void catchUp(Collection<JobAtWork> waiting) {
    raise(waiting, JobAtWork::priority, priorities);
    raise(waiting, Owner::of, owners);
    raise(waiting, JobAtWork::id, jobs);
  }

  private static <K> void raise(
      Collection<JobAtWork> waiting, Function<JobAtWork, K> keyOf, Map<K, Double> times) {
    Set<K> served = waiting.stream().map(keyOf).collect(Collectors.toSet());
    double least = served.stream().mapToDouble(key -> times.getOrDefault(key, 0.0)).min().orElse(0);
    times.replaceAll((key, time) -> served.contains(key) ? time : Math.max(time, least));
  }

  /// Which of the waiting jobs goes next. There is at least one.
  JobAtWork next(Collection<JobAtWork> waiting, Instant now) {
    Priority priority = behind(waiting, JobAtWork::priority, priorities, _ -> true);
    Owner owner = behind(waiting, Owner::of, owners, job -> job.priority() == priority);
    List<JobAtWork> own = waiting.stream().filter(job -> Owner.of(job).equals(owner)).toList();
    return stays(owner, own, now).orElseGet(() -> turn(owner, own, now));
  }

  /// The job that its business is being served by: what lies together is written together, so one
  /// is not left after each chunk.
  private Optional<JobAtWork> stays(Owner owner, List<JobAtWork> own, Instant now) {
    Stay stay = stays.get(owner);
    return stay == null || !now.isBefore(stay.until())
        ? Optional.empty()
        : own.stream().filter(job -> job.id().equals(stay.job())).findFirst();
  }

  private JobAtWork turn(Owner owner, List<JobAtWork> own, Instant now) {
    JobId id = behind(own, JobAtWork::id, jobs, _ -> true);
    stays.put(owner, new Stay(id, now.plus(stayTime)));
    return own.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
  }

  /// Messages of the job are being served.
  void charge(JobAtWork job, int messages) {
    priorities.merge(job.priority(), messages / weight(job.priority()), Double::sum);
    owners.merge(Owner.of(job), (double) messages, Double::sum);
    jobs.merge(job.id(), (double) messages, Double::sum);
  }

  /// These are all that are there now: whoever is new joins the others, whoever has gone is
  /// forgotten.
  void update(Collection<JobAtWork> present) {
    join(present, JobAtWork::priority, priorities, _ -> "all");
    join(present, Owner::of, owners, JobAtWork::priority);
    join(present, JobAtWork::id, jobs, Owner::of);
    stays.keySet().retainAll(owners.keySet());
  }

  /// Gives those that are new the least virtual time of those in their group that were there, and
  /// forgets those that are not there any more.
  private static <K, G> void join(
      Collection<JobAtWork> present,
      Function<JobAtWork, K> keyOf,
      Map<K, Double> times,
      Function<JobAtWork, G> groupOf) {
    Map<K, Double> before = new HashMap<>(times);
    times.clear();
    Map<G, Double> least = new HashMap<>();
    for (JobAtWork job : present) {
      Double time = before.get(keyOf.apply(job));
      if (time != null) {
        least.merge(groupOf.apply(job), time, Math::min);
      }
    }
    for (JobAtWork job : present) {
      K key = keyOf.apply(job);
      double start = least.getOrDefault(groupOf.apply(job), 0.0);
      times.put(key, before.getOrDefault(key, start));
    }
  }

  private static <K> K behind(
      Collection<JobAtWork> waiting,
      Function<JobAtWork, K> keyOf,
      Map<K, Double> times,
      Predicate<JobAtWork> wanted) {
    return waiting.stream()
        .filter(wanted)
        .map(keyOf)
        .min((one, other) ->
            Double.compare(times.getOrDefault(one, 0.0), times.getOrDefault(other, 0.0)))
        .orElseThrow();
  }

  private static double weight(Priority priority) {
    return switch (priority) {
      case URGENT -> URGENT_WEIGHT;
      case NORMAL -> NORMAL_WEIGHT;
      case BULK -> BULK_WEIGHT;
    };
  }

  /// The job that a business is served by for a while.
  private record Stay(JobId job, Instant until) {}

  /// A business at a priority.
  private record Owner(BusinessId business, Priority priority) {
    static Owner of(JobAtWork job) {
      return new Owner(job.business(), job.priority());
    }
  }
}
