package dev.carillon.persistence;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks things up for many callers with one connection: who comes while the store is asked waits,
/// and all who wait by then are answered by the next statement, in the order in which they came.
/// Thus the store is asked once at a time, however many ask here, and a key that several ask for is
/// looked up once.
final class GroupedLookUps<K, V> {
  /// So few that a statement takes milliseconds.
  private static final int MOST_AT_ONCE = 500;

  /// Twenty statements, and a few megabytes.
  private static final int MOST_WAITING = 10_000;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final String name;
  private final Function<Set<K>, Map<K, V>> store;
  private final Duration longestWait;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Asked<V>> waiting = new LinkedHashMap<>();
  private boolean busy;

  /// @param name what a caller is told that there are too many of
  /// @param store answers what there is of several
  GroupedLookUps(String name, Function<Set<K>, Map<K, V>> store) {
    this(name, store, LONGEST_WAIT);
  }

  GroupedLookUps(String name, Function<Set<K>, Map<K, V>> store, Duration longestWait) {
    this.name = name;
    this.store = store;
    this.longestWait = longestWait;
  }

  /// What the store has of this by a statement that begins after the call. Throws a
  /// DomainException: QuotaExceeded when too many wait already, StoreUnavailable when there is no
  /// answer in time; and what the store throws.
  Optional<V> find(K key) {
    return await(join(key));
  }

  private Asked<V> join(K key) {
    lock.lock();
    try {
      Asked<V> answer = waiting.get(key);
      if (answer != null) {
        return answer;
      }
      if (waiting.size() >= MOST_WAITING) {
        throw new DomainException(
            new DomainError.QuotaExceeded(MOST_WAITING + " " + name, TRY_AGAIN));
      }
      answer = new Asked<>();
      waiting.put(key, answer);
      if (!busy) {
        var _ = Thread.ofVirtual().name("look-ups").start(this::answerAll);
        busy = true;
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /// Ends when nobody waits, so that nothing needs to be stopped.
  private void answerAll() {
    for (var next = next(); !next.isEmpty(); next = next()) {
      answer(next);
    }
  }

  private Map<K, Asked<V>> next() {
    Map<K, Asked<V>> next = new HashMap<>();
    lock.lock();
    try {
      Iterator<Map.Entry<K, Asked<V>>> first = waiting.entrySet().iterator();
      while (first.hasNext() && next.size() < MOST_AT_ONCE) {
        Map.Entry<K, Asked<V>> one = first.next();
        next.put(one.getKey(), one.getValue());
        first.remove();
      }
      busy = !next.isEmpty();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void answer(Map<K, Asked<V>> asked) {
    try {
      Map<K, V> found = store.apply(asked.keySet());
      asked.forEach((key, answer) -> answer.found(found.get(key)));
    } catch (RuntimeException | Error failure) {
      asked.values().forEach(answer -> answer.failed(failure));
    }
  }

  private Optional<V> await(Asked<V> asked) {
    try {
      if (!asked.answered.await(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw unavailable();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
    return asked.get();
  }

  private static DomainException unavailable() {
    return new DomainException(new DomainError.StoreUnavailable(TRY_AGAIN));
  }

  /// What several may wait for.
  private static final class Asked<V> {
    private final CountDownLatch answered = new CountDownLatch(1);
    private @Nullable V found;
    private @Nullable Throwable failure;

    void found(@Nullable V value) {
      found = value;
      answered.countDown();
    }

    void failed(Throwable why) {
      failure = why;
      answered.countDown();
    }

    /// To be called when it has been answered.
    Optional<V> get() {
      return switch (failure) {
        case null -> Optional.ofNullable(found);
        case RuntimeException known -> throw known;
        default -> throw new IllegalStateException("a look-up failed", failure);
      };
    }
  }
}
