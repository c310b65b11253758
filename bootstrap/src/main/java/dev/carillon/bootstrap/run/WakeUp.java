package dev.carillon.bootstrap.run;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes those who wait for work. A call between looking for work and waiting for it is not lost.
final class WakeUp {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private long calls;

  /// Wakes all who wait.
  void call() {
    lock.lock();
    try {
      calls++;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How often it was called; to be asked before looking for work.
  long calls() {
    lock.lock();
    try {
      return calls;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it has been called more often than that, at most so long.
  void await(long seen, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long nanos = most.toNanos();
      while (calls == seen && nanos > 0) {
        nanos = called.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
