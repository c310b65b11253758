package dev.carillon.grpc;

import dev.carillon.application.WatchEvent;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A watched job that a test moves on; it keeps the latest snapshot only, and tells no heartbeats.
final class ScriptedWatch implements Watched {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long latest;
  private long told;
  private boolean ended;
  private boolean failing;
  private boolean closed;
  private int asked;

  void publish(long version) {
    change(() -> latest = version);
  }

  void end(long version) {
    change(() -> {
      latest = version;
      ended = true;
    });
  }

  void fail() {
    change(() -> failing = true);
  }

  /// How often somebody asked for the next event.
  int asked() {
    lock.lock();
    try {
      return asked;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public WatchEvent next(Duration heartbeat) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      asked++;
      while (latest == told && !failing) {
        changed.await();
      }
      if (failing) {
        throw new IllegalStateException("scripted");
      }
      told = latest;
      return ended ? new WatchEvent.End(job(latest)) : new WatchEvent.Progress(job(latest));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    change(() -> closed = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static BulkJob job(long version) {
    return Jobs.aJob(JobStatus.PROCESSING, Jobs.NOTHING, version);
  }
}
