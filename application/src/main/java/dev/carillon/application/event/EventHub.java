package dev.carillon.application.event;

import dev.carillon.application.port.EventLog;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Knows on this node which scopes have new events, for all who wait for some: one look at the
/// store a turn, however many wait, and none while nobody does. Nobody is woken for what happened
/// to others.
public final class EventHub {
  /// Scopes that are remembered at a time.
  private static final int MOST_KNOWN = 10_000;

  /// Looks that are asked for one after the other wait for each other so long.
  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);

  private final EventLog events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition look = lock.newCondition();
  private final Map<Scope, Readers> waiting = new HashMap<>();

  /// The newest number of scopes that had events after [#floor], up to [#newest].
  private final Map<Scope, Long> latest = new HashMap<>();

  private long floor;
  private long newest;
  private boolean woken;

  public EventHub(EventLog events) {
    this.events = events;
  }

  /// Looks once, after the time or when it is woken. Called in a loop by one thread.
  public void refresh(Duration pause) throws InterruptedException {
    if (awaitTurn(pause)) {
      publish(events.news(newest));
    }
  }

  /// There is news: the next look is taken soon.
  public void wake() {
    lock.lock();
    try {
      woken = true;
      look.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the scope has events after a number, or may have; false when the time was over
  /// before.
  public boolean awaitAfter(Scope scope, long number, Duration time) throws InterruptedException {
    lock.lock();
    try {
      Readers readers = waiting.computeIfAbsent(scope, _ -> new Readers(lock.newCondition()));
      readers.count++;
      try {
        long nanos = time.toNanos();
        while (!hasNews(scope, number) && nanos > 0) {
          nanos = readers.news.awaitNanos(nanos);
        }
        return hasNews(scope, number);
      } finally {
        readers.count--;
        if (readers.count == 0) {
          waiting.remove(scope);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// What came before the floor, or all of it, was not looked at.
  private boolean hasNews(Scope scope, long number) {
    return number < floor || latest.getOrDefault(scope, 0L) > number;
  }

  /// Whether anybody waits when its time has come.
  private boolean awaitTurn(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long begin = System.nanoTime();
      long rest = Math.min(pause.toNanos(), LEAST_PAUSE.toNanos());
      long left = pause.toNanos();
      while (left > 0) {
        var _ = look.awaitNanos(left);
        left = begin + (woken ? rest : pause.toNanos()) - System.nanoTime();
      }
      woken = false;
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void publish(EventLog.News news) {
    lock.lock();
    try {
      boolean gap = news.from() != newest || latest.size() > MOST_KNOWN;
      if (gap) {
        latest.clear();
        floor = news.from();
      }
      latest.putAll(news.latest());
      newest = news.newest();
      waiting.forEach((scope, readers) -> {
        if (gap || news.latest().containsKey(scope)) {
          readers.news.signalAll();
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /// Those who wait for a scope's events.
  private static final class Readers {
    private final Condition news;
    private int count;

    Readers(Condition news) {
      this.news = news;
    }
  }
}
