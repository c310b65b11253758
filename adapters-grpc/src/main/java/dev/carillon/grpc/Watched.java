package dev.carillon.grpc;

import dev.carillon.application.WatchBulkJob;
import dev.carillon.application.WatchEvent;
import java.time.Duration;

/// A watch as a stream reads it: by one thread, which also closes it.
interface Watched extends AutoCloseable {
  /// The next event, or a heartbeat after the given time.
  WatchEvent next(Duration heartbeat) throws InterruptedException;

  @Override
  void close();

  static Watched of(WatchBulkJob.Watch watch) {
    return new Watched() {
      @Override
      public WatchEvent next(Duration heartbeat) throws InterruptedException {
        return watch.next(heartbeat);
      }

      @Override
      public void close() {
        watch.close();
      }
    };
  }
}
