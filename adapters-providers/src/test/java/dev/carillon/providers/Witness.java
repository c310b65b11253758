package dev.carillon.providers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Keeps what it sees, from any thread, and lets a test wait until it has seen enough.
public final class Witness<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition seenMore = lock.newCondition();
  private final List<T> seen = new ArrayList<>();

  /// Sees something.
  public void see(T thing) {
    lock.lock();
    try {
      seen.add(thing);
      seenMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All seen by now, in their order.
  public List<T> seen() {
    lock.lock();
    try {
      return List.copyOf(seen);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until what has been seen is enough, for 20 s at most.
  public List<T> await(Predicate<List<T>> enough) {
    List<T> now = awaitAtMost(PATIENCE, enough);
    if (!enough.test(now)) {
      throw new AssertionError("not enough was seen in " + PATIENCE + ": " + now.size());
    }
    return now;
  }

  /// Waits until what has been seen is enough, or the time is over.
  public List<T> awaitAtMost(Duration time, Predicate<List<T>> enough) {
    long deadline = System.nanoTime() + time.toNanos();
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !enough.test(seen)) {
        seenMore.awaitNanos(left);
        left = deadline - System.nanoTime();
      }
      return List.copyOf(seen);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }
}
