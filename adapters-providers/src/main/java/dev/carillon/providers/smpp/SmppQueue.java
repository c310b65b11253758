package dev.carillon.providers.smpp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for a place in the window of any session. New messages are bounded in number; the
/// other parts of messages that are under way come before them, and are as many as those have.
final class SmppQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<Parcel> fresh = new ArrayDeque<>();
  private final Deque<Parcel> more = new ArrayDeque<>();
  private final Deque<Waiting> later = new ArrayDeque<>();
  private final int capacity;
  private boolean closed;

  SmppQueue(int capacity) {
    this.capacity = capacity;
  }

  /// Takes the first part of a message when there is room for it; false when there was none by
  /// then, or when it is closed. An interrupt ends the waiting and stays set.
  boolean offer(Parcel parcel, long until) {
    lock.lock();
    try {
      while (fresh.size() >= capacity && !closed) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        emptied.awaitNanos(left);
      }
      if (closed) {
        return false;
      }
      fresh.add(parcel);
      filled.signal();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Takes parts of messages that are under way.
  void follow(List<Parcel> parcels) {
    lock.lock();
    try {
      more.addAll(parcels);
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a part that is to be sent once more at a time of System.nanoTime().
  void again(Parcel parcel, long at) {
    lock.lock();
    try {
      later.add(new Waiting(parcel, at));
    } finally {
      lock.unlock();
    }
  }

  /// The next, waiting a while for it; null when none came.
  @Nullable Parcel take(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (more.isEmpty() && fresh.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      Parcel next = more.poll();
      if (next == null) {
        next = fresh.poll();
        emptied.signal();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Moves up what is due by now, and removes and returns what is too late to be sent.
  List<Parcel> late(long now) {
    lock.lock();
    try {
      later.removeIf(waiting -> waiting.at - now <= 0 && more.add(waiting.parcel));
      List<Parcel> late = new ArrayList<>();
      fresh.removeIf(parcel -> parcel.submission().isTooLate(now) && late.add(parcel));
      more.removeIf(parcel -> parcel.submission().isTooLate(now) && late.add(parcel));
      filled.signalAll();
      emptied.signalAll();
      return late;
    } finally {
      lock.unlock();
    }
  }

  /// Removes and returns everything.
  List<Parcel> empty() {
    lock.lock();
    try {
      List<Parcel> all = new ArrayList<>(fresh);
      all.addAll(more);
      later.forEach(waiting -> all.add(waiting.parcel));
      fresh.clear();
      more.clear();
      later.clear();
      emptied.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing new any more.
  void close() {
    lock.lock();
    try {
      closed = true;
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return fresh.isEmpty() && more.isEmpty() && later.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private record Waiting(Parcel parcel, long at) {}
}
