package dev.carillon.providers.smpp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Places for submit_sm that are not answered. Whoever waits for one is woken when several are free
/// or a millisecond has passed, since waking for each would cost more than sending it.
final class SmppWindow {
  private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(1);

  /// So many of its places are worth waking for.
  private static final int SHARE = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final int worthIt;
  private int free;

  SmppWindow(int places) {
    this.free = places;
    this.worthIt = Math.max(1, places / SHARE);
  }

  /// Takes a place; false when there was none for so long.
  boolean take(long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (free == 0) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        freed.awaitNanos(Math.min(left, LINGER));
      }
      free--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a place if there is one.
  boolean takeNow() {
    lock.lock();
    try {
      if (free == 0) {
        return false;
      }
      free--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives a place back.
  void release() {
    lock.lock();
    try {
      free++;
      if (free >= worthIt) {
        freed.signal();
      }
    } finally {
      lock.unlock();
    }
  }
}
