package dev.carillon.application;

import dev.carillon.domain.job.BulkJob;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The latest snapshot of one watched job, shared by all who watch it on this node. However slow a
/// watcher is, it costs a reference to this one.
final class WatchTopic {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition newer = lock.newCondition();
  private BulkJob latest;
  private int watchers;

  WatchTopic(BulkJob first) {
    this.latest = first;
  }

  /// Replaces the snapshot if this one is newer, and wakes whoever waits for it.
  void publish(BulkJob job) {
    lock.lock();
    try {
      if (job.version() > latest.version()) {
        latest = job;
        newer.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The snapshot, as soon as it is newer than the version; the old one when the time is over.
  BulkJob awaitNewer(long version, Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (latest.version() <= version && nanos > 0) {
        nanos = newer.awaitNanos(nanos);
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  /// Counts a watcher more (+1) or less (-1) and returns how many there are. Called under the hub's
  /// map entry.
  int count(int change) {
    watchers += change;
    return watchers;
  }
}
