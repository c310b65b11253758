package dev.carillon.providers.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Things that wait for their time, for one reader. What is due at the same time comes out in the
/// order in which it came in. It does not bound itself: who puts something in holds a permit for
/// it.
final class DueQueue<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Due<T>> queue = new PriorityQueue<>();
  private long sequence;
  private boolean hurried;
  private boolean ended;

  /// Puts something in for later. False, and not put in, when the reader has gone.
  boolean add(T item, Duration delay) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      Due<T> due = new Due<>(item, System.nanoTime() + delay.toNanos(), sequence++);
      queue.add(due);
      if (due.equals(queue.peek())) {
        changed.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something is due and takes all of that out, up to a number. Empty only at the end:
  /// when hurried and nothing is left, after which nothing can be put in.
  List<T> take(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitDue();
      List<T> due = new ArrayList<>();
      while (due.size() < most && isDue()) {
        due.add(queue.remove().item);
      }
      ended |= due.isEmpty();
      return due;
    } finally {
      lock.unlock();
    }
  }

  /// From now on everything is due at once.
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The reader goes: takes out what is left.
  List<T> end() {
    lock.lock();
    try {
      ended = true;
      List<T> left = queue.stream().map(due -> due.item).toList();
      queue.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void awaitDue() throws InterruptedException {
    while (!isDue() && !hurried) {
      Due<T> next = queue.peek();
      if (next == null) {
        changed.await();
      } else {
        changed.awaitNanos(next.at - System.nanoTime());
      }
    }
  }

  private boolean isDue() {
    Due<T> next = queue.peek();
    return next != null && (hurried || next.at - System.nanoTime() <= 0);
  }

  /// What waits, and until when.
  private record Due<T>(T item, long at, long sequence) implements Comparable<Due<T>> {
    @Override
    public int compareTo(Due<T> other) {
      int byTime = Long.signum(at - other.at);
      return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
    }
  }
}
