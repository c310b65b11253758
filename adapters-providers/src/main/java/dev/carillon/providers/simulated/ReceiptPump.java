package dev.carillon.providers.simulated;

import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings receipts in when they are due, many at once, on one thread. While the store takes none it
/// tries again and keeps them; there are never more than it has permits, which are taken before a
/// message is.
final class ReceiptPump implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReceiptPump.class);

  /// How long receipts wait for others, at most.
  private static final Duration BEAT = Duration.ofMillis(20);

  private static final Duration FIRST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /// How often the sink may fail in a way that no store outage explains before receipts are brought
  /// one by one, so that a single one cannot stop all.
  private static final int MOST_BUGS = 3;

  private final ReceiptSink sink;
  private final Semaphore permits;
  private final Duration closeWithin;
  private final DueQueue<Due> due = new DueQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("simulated-receipts").daemon().unstarted(this::run);
  private volatile long giveUpAt;
  private long dropped;

  /// @param closeWithin how long closing goes on bringing receipts in
  ReceiptPump(ReceiptSink sink, int mostPending, Duration closeWithin) {
    this.sink = sink;
    this.closeWithin = closeWithin;
    this.permits = new Semaphore(mostPending);
  }

  void start() {
    thread.start();
  }

  /// Takes permits for receipts to come, waiting for them until the deadline; false without them.
  boolean reserve(int count, Deadline deadline) {
    return count == 0 || deadline.acquire(permits, count);
  }

  /// Gives permits back for receipts that do not come after all.
  void release(int count) {
    if (count > 0) {
      permits.release(count);
    }
  }

  /// Brings a receipt that has its permit, after the delay, and then runs the task.
  void bring(Receipt receipt, Duration delay, Runnable then) {
    Due item = new Due(receipt, then);
    if (!due.add(item, delay)) {
      drop(List.of(item));
    }
  }

  /// Receipts that could not be brought in before the end, or that the sink cannot take.
  synchronized long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    giveUpAt = System.nanoTime() + closeWithin.toNanos();
    closing.countDown();
    due.hurry();
    if (!Threads.awaitEnd(thread, closeWithin)) {
      thread.interrupt();
      Threads.awaitEnd(thread, closeWithin);
    }
    if (dropped() > 0) {
      log.warn("{} simulated receipts were dropped", dropped());
    }
  }

  private void run() {
    try {
      for (List<Due> batch = due.take(ReceiptSink.MOST);
          !batch.isEmpty();
          batch = due.take(ReceiptSink.MOST)) {
        bring(batch);
        if (batch.size() < ReceiptSink.MOST) {
          pause(BEAT);
        }
      }
    } catch (InterruptedException e) {
      drop(due.end());
    }
  }

  private void bring(List<Due> batch) {
    if (!isBrought(batch, MOST_BUGS)) {
      batch.forEach(this::bringAlone);
    }
  }

  private void bringAlone(Due item) {
    if (!isBrought(List.of(item), 1)) {
      drop(List.of(item));
    }
  }

  /// Brings the batch in, or drops it at the end. False when the sink has failed on it so often.
  private boolean isBrought(List<Due> batch, int mostBugs) {
    Duration wait = FIRST_WAIT;
    for (int bugs = 0; bugs < mostBugs; wait = longer(wait)) {
      try {
        record(batch);
        return true;
      } catch (DomainException unavailable) {
        log.debug("receipts have to wait: {}", unavailable.getMessage());
      } catch (RuntimeException bug) {
        log.error("the sink failed on {} receipts", batch.size(), bug);
        bugs++;
      }
      if (!mayTryAgain()) {
        drop(batch);
        return true;
      }
      backOff(wait);
    }
    return false;
  }

  private void record(List<Due> batch) {
    sink.record(batch.stream().map(Due::receipt).toList());
    release(batch.size());
    batch.forEach(item -> item.then.run());
  }

  private void drop(List<Due> batch) {
    synchronized (this) {
      dropped += batch.size();
    }
    release(batch.size());
    batch.forEach(item -> item.then.run());
  }

  private boolean mayTryAgain() {
    boolean inTime = closing.getCount() > 0 || giveUpAt - System.nanoTime() > 0;
    return inTime && !Thread.currentThread().isInterrupted();
  }

  /// Closing ends it.
  private boolean pause(Duration wait) throws InterruptedException {
    return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Closing shortens it, for there is not much time left then. An interrupt ends all trying.
  private void backOff(Duration wait) {
    try {
      if (pause(wait)) {
        Thread.sleep(FIRST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
  }

  /// A receipt, and what is to happen once it is stored.
  private record Due(Receipt receipt, Runnable then) {}
}
