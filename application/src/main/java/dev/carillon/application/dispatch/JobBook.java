package dev.carillon.application.dispatch;

import dev.carillon.application.Wording;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.Templating;
import dev.carillon.domain.job.JobId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What this node's workers know of the jobs they work for: what never changes, kept; and what its
/// owner may change, looked up anew many times a second.
public final class JobBook {
  private static final int MOST_KEPT = 1_000;

  /// What was looked at longer ago may be out of force: then nothing goes out.
  private static final long OLD_NANOS = Duration.ofMillis(800).toNanos();

  private static final JobControls GONE = new JobControls(false, 0, null);

  private final BulkJobRepository jobs;
  private final Templating templating;
  private final Map<JobId, Known> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Known> eldest) {
          return size() > MOST_KEPT;
        }
      };
  private final Map<JobId, Integer> worked = new HashMap<>();
  private volatile Map<JobId, JobControls> controls = Map.of();
  private volatile long refreshedAtNanos;
  private volatile boolean refreshed;

  /// @param templating reads what the jobs say
  public JobBook(BulkJobRepository jobs, Templating templating) {
    this.jobs = jobs;
    this.templating = templating;
  }

  /// Looks up what may have changed about the jobs being worked for. Called in a loop, several
  /// times a second: what it finds is in force before the next message goes out.
  public void refresh() {
    Set<JobId> wanted = atWork();
    controls = wanted.isEmpty() ? Map.of() : Map.copyOf(jobs.controls(wanted));
    synchronized (worked) {
      worked.values().removeIf(workers -> workers == 0);
    }
    refreshedAtNanos = System.nanoTime();
    refreshed = true;
  }

  /// The jobs that workers of this node are at, or were a moment ago.
  public Set<JobId> atWork() {
    synchronized (worked) {
      return Set.copyOf(worked.keySet());
    }
  }

  /// What dispatch needs to know of a job; empty when it does not exist.
  Optional<Known> job(JobId id) {
    synchronized (kept) {
      Known known = kept.get(id);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<Known> found = jobs.dispatchJob(id).map(this::read);
    found.ifPresent(job -> {
      synchronized (kept) {
        kept.put(id, job);
      }
    });
    return found;
  }

  private Known read(DispatchJob job) {
    return new Known(job, Wording.of(job.content(), job.composition(), templating));
  }

  /// What may change about a job, as it was when it was looked at last; at once, if it has not
  /// been.
  JobControls controls(JobId id) {
    JobControls known = controls.get(id);
    return known == null ? jobs.controls(Set.of(id)).getOrDefault(id, GONE) : known;
  }

  /// The same, without asking the store.
  ///
  /// @param known what was known before
  JobControls controls(JobId id, JobControls known) {
    return controls.getOrDefault(id, known);
  }

  /// Whether the job was found to be stopped when it was looked at last, or that was too long ago
  /// to know.
  boolean isStopped(JobId id) {
    JobControls known = controls.get(id);
    boolean old = refreshed && System.nanoTime() - refreshedAtNanos > OLD_NANOS;
    return old || (known != null && !known.running());
  }

  void enter(JobId id) {
    synchronized (worked) {
      worked.merge(id, 1, Integer::sum);
    }
  }

  void leave(JobId id) {
    synchronized (worked) {
      worked.computeIfPresent(id, (_, workers) -> workers - 1);
    }
  }

  /// What never changes about a job.
  ///
  /// @param wording what it says, read so that it can be filled
  record Known(DispatchJob terms, Wording wording) {}
}
