package dev.carillon.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that serves many streams of progress in turn, so that none needs one of its own.
/// Looking through thousands takes less than a millisecond.
final class ProgressRelay {
  private static final long LEAST_PAUSE_MILLIS = 5;
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private final Queue<ProgressStream<?>> joining = new ConcurrentLinkedQueue<>();
  private final List<ProgressStream<?>> streams = new ArrayList<>();
  private final AtomicBoolean stirred = new AtomicBoolean();
  private volatile boolean draining;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;
  private long wait;

  void start() {
    thread = Thread.ofPlatform().daemon().name("progress-relay").start(this::run);
  }

  /// Serves the stream from now on.
  void add(ProgressStream<?> stream) {
    joining.add(stream);
    stir();
  }

  /// There may be something to do. Returns at once.
  void stir() {
    if (stirred.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  /// Ends all streams, and every one that is still to come, with UNAVAILABLE.
  void drain() {
    draining = true;
    stir();
  }

  /// Ends the thread. Streams that are added afterwards are not served.
  void stop() {
    stopped = true;
    stir();
  }

  private void run() {
    while (!stopped) {
      stirred.set(false);
      admit();
      long most = draining ? endAll() : turnAll();
      // What comes meanwhile comes together: a change stirs once for all who are told of it.
      pause();
      if (!stirred.get()) {
        LockSupport.parkNanos(this, most);
      }
    }
    admit();
    endAll();
  }

  private void admit() {
    ProgressStream<?> stream = joining.poll();
    while (stream != null) {
      streams.add(stream);
      stream = joining.poll();
    }
  }

  private long turnAll() {
    wait = LONGEST_WAIT_NANOS;
    streams.removeIf(this::isOverAfterTurn);
    return wait;
  }

  private boolean isOverAfterTurn(ProgressStream<?> stream) {
    long again = stream.turn(System.nanoTime());
    wait = Math.min(wait, again);
    return again == ProgressStream.OVER;
  }

  private long endAll() {
    streams.forEach(stream -> stream.fail(CallStatuses.draining()));
    streams.clear();
    return LONGEST_WAIT_NANOS;
  }

  private static void pause() {
    try {
      Thread.sleep(LEAST_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
