package dev.carillon.application.keeping;

import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sweeps what still waits in jobs whose deadline has passed, those that are paused or have not
/// begun too: nothing waits for ever. What is being handed over is left to its answer.
public final class ExpireJobs {
  private static final int JOBS = 100;
  private static final int CHUNKS_PER_SWEEP = 50;
  private static final int SWEEPS_PER_JOB = 20;

  private final BulkJobRepository jobs;
  private final ChunkRepository chunks;
  private final Sweeping sweeping;
  private final InstantSource clock;

  public ExpireJobs(
      BulkJobRepository jobs, ChunkRepository chunks, Sweeping sweeping, InstantSource clock) {
    this.jobs = jobs;
    this.chunks = chunks;
    this.sweeping = sweeping;
    this.clock = clock;
  }

  /// Does a part of it; returns how many chunks closed.
  public int handle() {
    int closed = 0;
    for (JobId job : jobs.overdue(clock.instant(), JOBS)) {
      closed += sweep(job);
    }
    return closed;
  }

  private int sweep(JobId job) {
    int closed = 0;
    int after = -1;
    for (int sweeps = 0; sweeps < SWEEPS_PER_JOB; sweeps++) {
      List<ChunkKey> open = chunks.open(job, after, CHUNKS_PER_SWEEP);
      if (open.isEmpty()) {
        return closed;
      }
      sweeping.sweep(open);
      closed += open.size() - stillOpen(open, after);
      after = open.getLast().number();
    }
    return closed;
  }

  private int stillOpen(List<ChunkKey> swept, int after) {
    Set<ChunkKey> left =
        new HashSet<>(chunks.open(swept.getFirst().job(), after, CHUNKS_PER_SWEEP));
    left.retainAll(swept);
    return left.size();
  }
}
