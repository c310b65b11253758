package dev.carillon.grpc;

import dev.carillon.application.WatchEvent;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// One reader's stream of progress, on a thread of its own. The next event is asked for only when
/// the reader has taken what was sent, so a slow one buffers nothing and then hears the latest; the
/// end is sent to every reader, however late.
final class ProgressStream implements Runnable {
  private final Watched watch;
  private final Function<WatchEvent, WatchBulkJobResponse> mapping;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<WatchBulkJobResponse> reader;
  private final Duration heartbeat;
  private final Duration progressInterval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  private volatile boolean cancelled;
  private long lastSent = System.nanoTime();

  /// To be made before the call's handler returns, since handlers of the reader are set here.
  ///
  /// @param failures what the reader is told of an exception
  /// @param heartbeat a sign of life after this time without news
  /// @param progressInterval least time between two events
  ProgressStream(
      Watched watch,
      Function<WatchEvent, WatchBulkJobResponse> mapping,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<WatchBulkJobResponse> reader,
      Duration heartbeat,
      Duration progressInterval) {
    this.watch = watch;
    this.mapping = mapping;
    this.failures = failures;
    this.reader = reader;
    this.heartbeat = heartbeat;
    this.progressInterval = progressInterval;
    reader.setOnReadyHandler(this::wake);
  }

  /// Relays events to the end of the job, of the reader's interest, or of this node (its thread is
  /// interrupted for both).
  @Override
  public void run() {
    try (watch) {
      relay();
    } catch (InterruptedException stopped) {
      fail(ErrorStatuses.draining());
    } catch (RuntimeException | Error failure) {
      fail(failures.apply(failure));
    }
  }

  /// Notes that nobody reads any more; the thread has to be interrupted besides.
  void cancel() {
    cancelled = true;
  }

  private void relay() throws InterruptedException {
    while (!cancelled) {
      awaitReady();
      WatchEvent event = watch.next(untilHeartbeat());
      reader.onNext(mapping.apply(event));
      lastSent = System.nanoTime();
      if (event instanceof WatchEvent.End) {
        reader.onCompleted();
        return;
      }
      if (!(event instanceof WatchEvent.Heartbeat)) {
        Thread.sleep(progressInterval);
      }
    }
  }

  private void fail(Throwable status) {
    if (!cancelled) {
      reader.onError(status);
    }
  }

  private void awaitReady() throws InterruptedException {
    lock.lock();
    try {
      long left = 0;
      while (!reader.isReady() && !cancelled) {
        // Looked at again each heartbeat, so that nothing hangs on one notice alone.
        left = left > 0 ? left : heartbeat.toNanos();
        left = ready.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Duration untilHeartbeat() {
    Duration left = heartbeat.minusNanos(System.nanoTime() - lastSent);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
