package dev.carillon.application.watch;

import dev.carillon.domain.job.BulkJob;

/// One event of a watched job. Its version is the resume token: it only grows.
public sealed interface WatchEvent {
  /// Where to go on after a break.
  long version();

  /// The job as it stood when the watch began.
  record Snapshot(BulkJob job) implements WatchEvent {
    @Override
    public long version() {
      return job.version();
    }
  }

  /// The job after it changed; several changes may have become one.
  record Progress(BulkJob job) implements WatchEvent {
    @Override
    public long version() {
      return job.version();
    }
  }

  /// Nothing new, but alive.
  record Heartbeat(long version) implements WatchEvent {}

  /// The job as it ended; nothing comes after it.
  record End(BulkJob job) implements WatchEvent {
    @Override
    public long version() {
      return job.version();
    }
  }
}
