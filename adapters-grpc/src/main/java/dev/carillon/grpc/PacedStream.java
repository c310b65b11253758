package dev.carillon.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// One reader's stream, written page by page on a thread of its own. A page is asked for only when
/// the reader has taken the one before, so that one page is held, however much there is and however
/// slow the reader is; one who takes too long is not waited for.
///
/// @param <S> what is sent
final class PacedStream<S> implements Runnable {
  /// Looked at again after this time, so that nothing hangs on one notice alone.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Pages<S> pages;
  private final Duration patience;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<S> reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cancelled;
  private volatile boolean draining;

  /// To be made before the call's handler returns, since handlers of the reader are set here.
  ///
  /// @param patience how long its reader may take to read a page
  /// @param failures what the reader is told of an exception
  PacedStream(
      Pages<S> pages,
      Duration patience,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<S> reader) {
    this.pages = pages;
    this.patience = patience;
    this.failures = failures;
    this.reader = reader;
    reader.setOnReadyHandler(this::wake);
    reader.setOnCancelHandler(this::cancel);
  }

  /// Sends all pages, or to the end of the reader's interest or of this node.
  @Override
  public void run() {
    try {
      write();
    } catch (InterruptedException stopped) {
      fail(CallStatuses.draining());
    } catch (RuntimeException | Error failure) {
      fail(failures.apply(failure));
    }
  }

  /// Ends it after the page that is being read: the reader goes on at another node.
  void drain() {
    draining = true;
    wake();
  }

  /// Sends a part of a page. By the pages alone, as all that follows.
  void send(S part) {
    reader.onNext(part);
  }

  /// Whether nobody waits for more.
  boolean isOver() {
    return cancelled || draining;
  }

  /// Waits so long, or until it is over.
  void pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !isOver()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() throws InterruptedException {
    boolean more = true;
    while (more) {
      boolean ready = awaitReady();
      if (isOver()) {
        fail(CallStatuses.draining());
        return;
      }
      if (!ready) {
        fail(CallStatuses.unread(patience));
        return;
      }
      more = pages.sendNext(this);
    }
    reader.onCompleted();
  }

  /// One who is gone is told nothing.
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
    long end = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!reader.isReady() && !isOver() && left > 0) {
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

  /// What is sent to one reader.
  interface Pages<S> {
    /// Reads the next page and sends it, and returns whether there is one more. It may wait for
    /// what is to come, but not longer than the stream lasts. By one thread.
    boolean sendNext(PacedStream<S> stream) throws InterruptedException;
  }
}
