package dev.carillon.application.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where the last few answers of a chunk are awaited, so that its worker can go on with the next
/// one: a carrier that is late with one message holds nobody up. Bounded; when it is full, workers
/// wait for their tails themselves.
public final class Tails {
  private final int most;
  private final Semaphore room;
  private final Executor executor;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /// At most so many at a time, each run by the executor in a thread of its own.
  public Tails(int most, Executor executor) {
    this.most = most;
    this.room = new Semaphore(most);
    this.executor = executor;
  }

  /// None: every worker waits itself.
  public static Tails none() {
    return new Tails(0, Runnable::run);
  }

  /// Takes the work over; false when there is no room.
  boolean offer(Runnable tail) {
    if (!room.tryAcquire()) {
      return false;
    }
    boolean started = false;
    try {
      executor.execute(() -> runAndLeave(tail));
      started = true;
    } finally {
      if (!started) {
        room.release();
      }
    }
    return true;
  }

  /// Waits until none is left, at most for the given time; whether none is left. To be called when
  /// the workers have stopped.
  public boolean awaitEmpty(Duration time) throws InterruptedException {
    if (!room.tryAcquire(most, time.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    room.release(most);
    return true;
  }

  /// Has those that are left give up waiting: what is not answered is then in doubt.
  public void breakOff() {
    threads.forEach(Thread::interrupt);
  }

  private void runAndLeave(Runnable tail) {
    threads.add(Thread.currentThread());
    try {
      tail.run();
    } finally {
      threads.remove(Thread.currentThread());
      room.release();
    }
  }
}
