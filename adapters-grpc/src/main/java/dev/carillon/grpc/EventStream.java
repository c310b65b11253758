package dev.carillon.grpc;

import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.port.EventLog;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One reader's stream of events, on a thread of its own. A page is read only when the reader has
/// taken the one before, so that one page is held, however slow the reader is.
final class EventStream implements Runnable {
  /// Looked at again after this time, so that nothing hangs on one notice alone.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ListEvents.Query query;
  private final Feed feed;
  private final Pace pace;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<StreamEventsResponse> reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cancelled;
  private volatile boolean draining;
  private long cursor;
  private long lastSent = System.nanoTime();
  private long lastRead;

  /// To be made before the call's handler returns, since handlers of the reader are set here.
  ///
  /// @param failures what the reader is told of an exception
  EventStream(
      ListEvents.Query query,
      Feed feed,
      Pace pace,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<StreamEventsResponse> reader) {
    this.query = query;
    this.feed = feed;
    this.pace = pace;
    this.failures = failures;
    this.reader = reader;
    reader.setOnReadyHandler(this::wake);
    reader.setOnCancelHandler(this::cancel);
  }

  /// Sends events until the reader's interest, or this node, ends.
  @Override
  public void run() {
    try {
      relay();
    } catch (InterruptedException stopped) {
      fail(ErrorStatuses.draining());
    } catch (RuntimeException | Error failure) {
      fail(failures.apply(failure));
    }
  }

  /// Ends it after the page that is being read: the reader goes on at another node.
  void drain() {
    draining = true;
    wake();
  }

  private void relay() throws InterruptedException {
    ListEvents.Query next = query;
    if (pace.fromNow()) {
      cursor = feed.newest().getAsLong();
      next = next.from(cursor);
      send(null);
    }
    while (goesOn()) {
      lastRead = System.nanoTime();
      EventLog.Part part = feed.pages().apply(next);
      tell(part);
      next = next.from(cursor);
      if (part.events().size() < next.most()) {
        awaitNews();
      }
    }
  }

  private void tell(EventLog.Part part) {
    for (StoredEvent event : part.events()) {
      cursor = event.number();
      send(event);
    }
    cursor = part.upTo();
    if (untilBeat() <= 0) {
      send(null);
    }
  }

  /// Whether its reader takes more; tells it why it does not get more otherwise.
  private boolean goesOn() throws InterruptedException {
    boolean ready = awaitReady();
    if (cancelled) {
      return false;
    }
    if (draining) {
      fail(ErrorStatuses.draining());
      return false;
    }
    if (!ready) {
      fail(ErrorStatuses.unread(pace.patience()));
    }
    return ready;
  }

  /// Until there is something after the cursor, or a sign of life is due. What comes shortly after
  /// a page waits for more to come: so much is read in one go, and other calls find the store free.
  private void awaitNews() throws InterruptedException {
    long left = untilBeat();
    boolean news = false;
    while (!news && left > 0 && !cancelled && !draining) {
      news =
          feed.hub()
              .awaitAfter(
                  query.caller().scope(),
                  cursor,
                  Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
      left = untilBeat();
    }
    rest();
  }

  private long untilBeat() {
    return pace.heartbeat().toNanos() - (System.nanoTime() - lastSent);
  }

  private void rest() throws InterruptedException {
    lock.lock();
    try {
      long left = pace.rest().toNanos() - (System.nanoTime() - lastRead);
      while (left > 0 && !cancelled && !draining) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(@Nullable StoredEvent event) {
    reader.onNext(
        EventResponses.streamed(query.caller().scope(), event, cursor, feed.clock().instant()));
    lastSent = System.nanoTime();
  }

  private void fail(Throwable status) {
    if (!cancelled) {
      reader.onError(status);
    }
  }

  private void cancel() {
    cancelled = true;
    wake();
  }

  /// Whether its reader takes more; otherwise it is over, or patience is at its end.
  private boolean awaitReady() throws InterruptedException {
    long end = System.nanoTime() + pace.patience().toNanos();
    lock.lock();
    try {
      long left = pace.patience().toNanos();
      while (!reader.isReady() && !cancelled && !draining && left > 0) {
        boolean _ = changed.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
        left = end - System.nanoTime();
      }
      return reader.isReady();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Where events come from.
  ///
  /// @param pages the page that a query asks for; one that is not full is the last for now
  /// @param newest the number after which all that is to come comes
  /// @param hub tells when there is more
  record Feed(
      Function<ListEvents.Query, EventLog.Part> pages,
      LongSupplier newest,
      EventHub hub,
      InstantSource clock) {}

  /// How its reader wants it.
  ///
  /// @param fromNow whether it begins with what is to come
  /// @param heartbeat a sign of life after this time without events
  /// @param patience how long its reader may take to read a page
  /// @param rest least time between a page that was not full and the next
  record Pace(boolean fromNow, Duration heartbeat, Duration patience, Duration rest) {}
}
