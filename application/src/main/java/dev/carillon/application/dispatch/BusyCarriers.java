package dev.carillon.application.dispatch;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How many workers are at jobs of which carrier. A job counts as its provider's until a worker
/// finds that the routes lead elsewhere.
///
/// Not thread-safe.
final class BusyCarriers {
  private final Map<JobId, CarrierId> elsewhere = new HashMap<>();
  private final Map<JobId, Post> posts = new HashMap<>();
  private final Map<CarrierId, Integer> workers = new HashMap<>();

  /// The carrier that most of a job's messages go by.
  CarrierId of(JobAtWork job) {
    return elsewhere.getOrDefault(job.id(), job.provider());
  }

  /// How many workers are at jobs of the same carrier.
  int workersBeside(JobAtWork job) {
    return workers.getOrDefault(of(job), 0);
  }

  /// A worker turns to a job.
  void enter(JobAtWork job) {
    Post before = posts.get(job.id());
    CarrierId carrier = before == null ? of(job) : before.carrier;
    posts.put(job.id(), new Post(carrier, before == null ? 1 : before.workers + 1));
    workers.merge(carrier, 1, Integer::sum);
  }

  /// A worker turns from a job.
  void leave(JobAtWork job) {
    Post before = posts.get(job.id());
    if (before != null) {
      posts.put(job.id(), new Post(before.carrier, before.workers - 1));
      posts.values().removeIf(post -> post.workers == 0);
      add(before.carrier, -1);
    }
  }

  /// The messages of a job are found to go by this carrier.
  void goesBy(JobAtWork job, CarrierId carrier) {
    if (carrier.equals(job.provider())) {
      elsewhere.remove(job.id());
    } else {
      elsewhere.put(job.id(), carrier);
    }
    Post before = posts.get(job.id());
    if (before != null && !before.carrier.equals(carrier)) {
      posts.put(job.id(), new Post(carrier, before.workers));
      add(before.carrier, -before.workers);
      add(carrier, before.workers);
    }
  }

  /// Only these jobs are there.
  void update(Collection<JobId> present) {
    elsewhere.keySet().retainAll(present);
  }

  private void add(CarrierId carrier, int more) {
    workers.merge(carrier, more, Integer::sum);
    workers.values().removeIf(count -> count == 0);
  }

  private record Post(CarrierId carrier, int workers) {}
}
