package dev.carillon.application.watch;

import dev.carillon.domain.job.BulkJob;
import java.util.concurrent.atomic.AtomicReference;

/// The latest snapshot of one watched job, shared by all who watch it on this node. However slow a
/// watcher is, it costs a reference to this one.
final class WatchTopic {
  private final AtomicReference<BulkJob> latest;
  private int watchers;

  WatchTopic(BulkJob first) {
    this.latest = new AtomicReference<>(first);
  }

  /// Replaces the snapshot if this one is newer; false, and nothing changed, if not.
  boolean publish(BulkJob job) {
    BulkJob known = latest.get();
    while (job.version() > known.version()) {
      if (latest.compareAndSet(known, job)) {
        return true;
      }
      known = latest.get();
    }
    return false;
  }

  /// The newest snapshot.
  BulkJob latest() {
    return latest.get();
  }

  /// Counts a watcher more (+1) or less (-1) and returns how many there are. Called under the hub's
  /// map entry.
  int count(int change) {
    watchers += change;
    return watchers;
  }
}
