package dev.carillon.providers.callback;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Stores what many callers bring at once in few calls: while one call is under way, what else
/// comes is gathered for the next. Every caller waits for its own. A call that fails for another
/// reason than the store's being away is repeated for each of its callers alone, so that one of
/// them does not spoil it for the others.
public final class NoticeGatherer implements NoticeSink {
  /// Notices that wait at most; who brings more waits until there is room.
  private static final int MOST_WAITING = 20_000;

  private static final Duration COME_AGAIN = Duration.ofSeconds(2);

  private final NoticeSink sink;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Brought> waiting = new ArrayDeque<>();
  private int notices;
  private boolean storing;

  /// @param sink where they are stored
  /// @param patience longest wait of a caller
  public NoticeGatherer(NoticeSink sink, Duration patience) {
    this.sink = sink;
    this.patience = patience;
  }

  @Override
  public void record(List<Notice> all) {
    for (int next = 0; next < all.size(); next += MOST) {
      bring(new Brought(all.subList(next, Math.min(next + MOST, all.size()))));
    }
  }

  private void bring(Brought brought) {
    long deadline = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      while (notices > 0 && notices + brought.notices.size() > MOST_WAITING) {
        await(deadline);
      }
      waiting.add(brought);
      notices += brought.notices.size();
      while (!brought.done) {
        if (storing) {
          await(deadline);
        } else {
          storeNext();
        }
      }
    } finally {
      if (waiting.remove(brought)) {
        notices -= brought.notices.size();
      }
      lock.unlock();
    }
    RuntimeException failure = brought.failure;
    if (failure != null) {
      throw failure;
    }
  }

  /// Gives the lock away meanwhile.
  private void storeNext() {
    List<Brought> batch = next();
    storing = true;
    lock.unlock();
    try {
      store(batch);
    } finally {
      lock.lock();
      storing = false;
      batch.forEach(brought -> brought.done = true);
      changed.signalAll();
    }
  }

  private List<Brought> next() {
    List<Brought> batch = new ArrayList<>();
    int size = 0;
    while (!waiting.isEmpty() && size + waiting.getFirst().notices.size() <= MOST) {
      Brought brought = waiting.remove();
      size += brought.notices.size();
      batch.add(brought);
    }
    notices -= size;
    return batch;
  }

  private void store(List<Brought> batch) {
    RuntimeException failure =
        failureOf(batch.stream().flatMap(brought -> brought.notices.stream()).toList());
    boolean isOfOne = failure != null && !(failure instanceof DomainException) && batch.size() > 1;
    for (Brought brought : batch) {
      brought.failure = isOfOne ? failureOf(brought.notices) : failure;
    }
  }

  private @Nullable RuntimeException failureOf(List<Notice> stored) {
    try {
      sink.record(stored);
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /// Called in loops only.
  @SuppressWarnings("WaitNotInLoop")
  private void await(long deadline) {
    try {
      if (changed.awaitNanos(deadline - System.nanoTime()) > 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new DomainException(new DomainError.StoreUnavailable(COME_AGAIN));
  }

  /// What one caller brought.
  private static final class Brought {
    private final List<Notice> notices;
    private boolean done;

    /// Until it is stored.
    private @Nullable RuntimeException failure =
        new DomainException(new DomainError.StoreUnavailable(COME_AGAIN));

    Brought(List<Notice> notices) {
      this.notices = List.copyOf(notices);
    }
  }
}
