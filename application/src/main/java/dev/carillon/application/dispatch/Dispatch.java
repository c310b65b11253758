package dev.carillon.application.dispatch;

import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.job.JobId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Hands messages over: turns to the job whose turn it is, leases a chunk of it, and keeps its
/// carrier's window full until every message of it has been answered or has to wait.
public final class Dispatch {
  private final JobQueue queue;
  private final JobBook book;
  private final ChunkRuns runs;
  private final Tails tails;
  private final Troubles troubles;

  public Dispatch(JobQueue queue, JobBook book, ChunkRuns runs, Tails tails, Troubles troubles) {
    this.queue = queue;
    this.book = book;
    this.runs = runs;
    this.tails = tails;
    this.troubles = troubles;
  }

  /// Works one chunk until it is closed, has to wait, is lost, is another job's turn, or only
  /// misses a few answers, which are then awaited elsewhere; false when no job had work.
  ///
  /// @param urgentOnly whether the worker is kept for what is urgent
  /// @param goOn asked again and again: once it is false nothing more is marked, and the chunk is
  ///   given back as soon as what is in flight has been answered
  public boolean handle(WorkerId worker, boolean urgentOnly, BooleanSupplier goOn)
      throws InterruptedException {
    Optional<JobAtWork> next = queue.enter(urgentOnly);
    if (next.isEmpty()) {
      return false;
    }
    JobAtWork job = next.get();
    book.enter(job.id());
    boolean tail = false;
    try {
      tail = work(job, worker, goOn);
      troubles.worked(job.id());
    } catch (RuntimeException | Error failure) {
      troubles.failed(job.id(), failure);
      throw failure;
    } finally {
      queue.leave(job);
      if (!tail) {
        book.leave(job.id());
      }
    }
    return true;
  }

  /// Tells that something about a job has changed, on any node: it may have come anew. Returns at
  /// once, whether it may be urgent.
  public boolean changed(JobId job) {
    return queue.changed(job);
  }

  /// Whether a worker that is kept for what is urgent should look again soon, having found nothing.
  public boolean mayHaveUrgent() {
    return queue.mayHaveUrgent();
  }

  /// Whether a tail was left, which leaves the job itself when it has ended.
  private boolean work(JobAtWork job, WorkerId worker, BooleanSupplier goOn)
      throws InterruptedException {
    Optional<ChunkRun> begun =
        runs.begin(job, worker, () -> goOn.getAsBoolean() && !book.isStopped(job.id()));
    if (begun.isEmpty() || !begun.get().work()) {
      return false;
    }
    ChunkRun run = begun.get();
    if (!tails.offer(() -> awaitTail(run, job.id()))) {
      awaitTail(run, job.id());
    }
    return true;
  }

  private void awaitTail(ChunkRun run, JobId id) {
    try {
      run.awaitTail();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      book.leave(id);
    }
  }
}
