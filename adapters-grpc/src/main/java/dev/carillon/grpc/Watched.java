package dev.carillon.grpc;

import dev.carillon.application.WatchBulkJob;
import dev.carillon.application.WatchBulkJobs;
import dev.carillon.application.WatchEvent;
import java.util.Optional;

/// What a stream reads from: by one thread at a time, and it never waits.
interface Watched extends AutoCloseable {
  /// The next event; empty when there is nothing new.
  Optional<WatchEvent> poll();

  /// Whether there is something that was not told yet.
  boolean hasNews();

  /// Whether what comes next should not wait for its reader's interval.
  boolean isPressing();

  /// Whether all that is new at one time makes one round, rather than each event.
  boolean isMany();

  /// Whether all has been told and the stream is over.
  boolean isOver();

  /// Says where the reader is, for a sign of life.
  WatchEvent beat();

  @Override
  void close();

  static Watched of(WatchBulkJob.Watch watch) {
    return new Watched() {
      @Override
      public Optional<WatchEvent> poll() {
        return watch.poll();
      }

      @Override
      public boolean hasNews() {
        return watch.hasNews();
      }

      @Override
      public boolean isPressing() {
        return watch.isEnding();
      }

      @Override
      public boolean isMany() {
        return false;
      }

      @Override
      public boolean isOver() {
        return watch.isOver();
      }

      @Override
      public WatchEvent beat() {
        return watch.beat();
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }

  /// All jobs of a tenant: never over, and each round tells all that changed.
  static Watched of(WatchBulkJobs.Watch watch) {
    return new Watched() {
      @Override
      public Optional<WatchEvent> poll() {
        return watch.poll();
      }

      @Override
      public boolean hasNews() {
        return watch.hasNews();
      }

      @Override
      public boolean isPressing() {
        return false;
      }

      @Override
      public boolean isMany() {
        return true;
      }

      @Override
      public boolean isOver() {
        return false;
      }

      @Override
      public WatchEvent beat() {
        return new WatchEvent.Heartbeat(watch.position().number());
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }
}
