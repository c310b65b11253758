package dev.carillon.providers.smpp;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.Wordless;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends over one session what waits, as its window and the pace allow, on a thread of its own that
/// ends with the session.
final class SmppSender implements Runnable {
  /// How soon it is noticed that the session has ended.
  private static final long LOOK_MILLIS = 50;

  /// Parts that are written in one go.
  private static final int TOGETHER = 32;

  private static final Logger log = LoggerFactory.getLogger(SmppSender.class);

  private final SmppSession session;
  private final SmppQueue queue;
  private final SmppPace pace;
  private final SmppExchange exchange;

  SmppSender(SmppSession session, SmppQueue queue, SmppPace pace, SmppExchange exchange) {
    this.session = session;
    this.queue = queue;
    this.pace = pace;
    this.exchange = exchange;
  }

  @Override
  public void run() {
    try {
      while (session.isGood()) {
        if (session.window().take(LOOK_MILLIS)) {
          next();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error bug) {
      tell("a sender ends with its session", bug);
      session.close();
    }
  }

  private void next() throws InterruptedException {
    List<Parcel> together = new ArrayList<>(TOGETHER);
    add(queue.take(LOOK_MILLIS), together);
    while (!together.isEmpty()
        && together.size() < TOGETHER
        && pace.isUnlimited(System.nanoTime())
        && session.window().takeNow()) {
      if (!add(queue.take(0), together)) {
        break;
      }
    }
    if (!together.isEmpty()) {
      session.send(together);
    }
  }

  /// Whether there was one, be it sent or not.
  private boolean add(@Nullable Parcel parcel, List<Parcel> together) {
    if (parcel != null && mayBeSentSafely(parcel)) {
      together.add(parcel);
    } else {
      session.window().release();
    }
    return parcel != null;
  }

  /// Nothing of a part whose permission could not be asked for has been written.
  private boolean mayBeSentSafely(Parcel parcel) {
    try {
      return mayBeSent(parcel);
    } catch (RuntimeException | Error bug) {
      tell("a part could not be sent", bug);
      exchange.called(parcel, SmppExchange.unreachable("failed within the service"));
      return false;
    }
  }

  /// Its words may hold what it worked on.
  private static void tell(String what, Throwable bug) {
    log.error("{}: {}", what, bug.getClass().getName());
    log.debug("a sender", Wordless.of(bug));
  }

  private boolean mayBeSent(Parcel parcel) {
    Submission submission = parcel.submission();
    if (!submission.isWorthMore()) {
      exchange.left(parcel);
      return false;
    }
    if (!awaitPace()) {
      queue.follow(List.of(parcel));
      return false;
    }
    if (submission.isTooLate(System.nanoTime())) {
      exchange.late(parcel);
      return false;
    }
    if (parcel.isFirst() && !submission.handOver().mayGo()) {
      exchange.called(parcel, new DispatchOutcome.Withdrawn());
      return false;
    }
    return true;
  }

  private boolean awaitPace() {
    long now = System.nanoTime();
    long at = now + pace.take(now);
    while (at - System.nanoTime() > 0 && session.isGood()) {
      LockSupport.parkNanos(
          Math.min(at - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
    }
    return session.isGood();
  }
}
