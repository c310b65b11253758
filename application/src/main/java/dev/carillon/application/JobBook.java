package dev.carillon.application;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.domain.job.JobId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this node's workers know of the jobs they work for: what never changes, kept; and whether
/// they were stopped, looked up anew many times a second.
public final class JobBook {
  private static final int MOST_KEPT = 1_000;

  private final BulkJobRepository jobs;
  private final Map<JobId, DispatchJob> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, DispatchJob> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private final Map<JobId, Integer> worked = new HashMap<>();
  private volatile Set<JobId> stopped = Set.of();

  public JobBook(BulkJobRepository jobs) {
    this.jobs = jobs;
  }

  /// Looks up which of the jobs being worked for were stopped. Called in a loop, several times a
  /// second: what it finds is in force before the next message goes out.
  public void refresh() {
    Set<JobId> inWork = inWork();
    stopped = inWork.isEmpty() ? Set.of() : jobs.stopped(inWork);
  }

  /// What dispatch needs to know of a job; empty when it does not exist.
  Optional<DispatchJob> job(JobId id) {
    synchronized (kept) {
      DispatchJob known = kept.get(id);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<DispatchJob> found = jobs.dispatchJob(id);
    found.ifPresent(job -> {
      synchronized (kept) {
        kept.put(id, job);
      }
    });
    return found;
  }

  /// Whether the job was stopped when it was looked at last.
  boolean isStopped(JobId id) {
    return stopped.contains(id);
  }

  void enter(JobId id) {
    synchronized (worked) {
      worked.merge(id, 1, Integer::sum);
    }
  }

  void leave(JobId id) {
    synchronized (worked) {
      worked.computeIfPresent(id, (_, workers) -> workers == 1 ? null : workers - 1);
    }
  }

  private Set<JobId> inWork() {
    synchronized (worked) {
      return Set.copyOf(worked.keySet());
    }
  }
}
