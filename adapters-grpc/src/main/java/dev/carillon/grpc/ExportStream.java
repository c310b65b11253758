package dev.carillon.grpc;

import dev.carillon.application.ExportMessages;
import dev.carillon.domain.message.Message;
import dev.carillon.v1.ExportMessagesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// One reader's export, on a thread of its own. A batch is read only when the reader has taken the
/// one before, so that one batch is held, however many messages there are and however slow the
/// reader is.
final class ExportStream implements Runnable {
  /// Looked at again after this time, so that nothing hangs on one notice alone.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final ExportMessages.Query query;
  private final Duration patience;
  private final Function<ExportMessages.Query, List<Message>> batches;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<ExportMessagesResponse> reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cancelled;
  private volatile boolean draining;

  /// To be made before the call's handler returns, since handlers of the reader are set here.
  ///
  /// @param patience how long its reader may take to read a batch
  /// @param batches the batch that a query asks for; one that is not full is the last
  /// @param failures what the reader is told of an exception
  ExportStream(
      ExportMessages.Query query,
      Duration patience,
      Function<ExportMessages.Query, List<Message>> batches,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<ExportMessagesResponse> reader) {
    this.query = query;
    this.patience = patience;
    this.batches = batches;
    this.failures = failures;
    this.reader = reader;
    reader.setOnReadyHandler(this::wake);
    reader.setOnCancelHandler(this::cancel);
  }

  /// Sends everything to the end, or to the end of the reader's interest or of this node.
  @Override
  public void run() {
    try {
      export();
    } catch (InterruptedException stopped) {
      fail(ErrorStatuses.draining());
    } catch (RuntimeException | Error failure) {
      fail(failures.apply(failure));
    }
  }

  /// Ends it after the batch that is being read: the reader goes on at another node.
  void drain() {
    draining = true;
    wake();
  }

  private void export() throws InterruptedException {
    ExportMessages.Query next = query;
    boolean more = true;
    while (more) {
      boolean ready = awaitReady();
      if (cancelled) {
        return;
      }
      if (draining) {
        fail(ErrorStatuses.draining());
        return;
      }
      if (!ready) {
        fail(ErrorStatuses.unread(patience));
        return;
      }
      List<Message> batch = batches.apply(next);
      if (!batch.isEmpty()) {
        reader.onNext(MessageResponses.exported(batch));
        next = next.after(batch);
      }
      more = batch.size() == ExportMessages.BATCH;
    }
    reader.onCompleted();
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
    long end = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      long left = patience.toNanos();
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
}
