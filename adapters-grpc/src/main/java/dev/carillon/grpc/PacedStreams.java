package dev.carillon.grpc;

import dev.carillon.domain.business.Scope;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The paced streams of one method that are open on this node, a bounded number: starts them, has a
/// few of them read at a time, so that other calls find the store free, and ends those that nobody
/// reads, and all when the node stops.
///
/// @param <S> what is sent
final class PacedStreams<S> {
  /// A page is handed over as a whole; asks for the next only once nothing waits any more.
  private static final int NOTHING_BUFFERED = 1;

  private static final int READ_AT_A_TIME = 4;

  private final MethodDescriptor<?, S> method;
  private final StreamRoom room;
  private final Duration patience;
  private final ErrorInterceptor errors;
  private final Tenants tenants;
  private final Semaphore reading = new Semaphore(READ_AT_A_TIME, true);
  private final Set<PacedStream<S>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// @param patience how long a reader may take to read a page
  PacedStreams(
      MethodDescriptor<?, S> method,
      StreamRoom room,
      Duration patience,
      ErrorInterceptor errors,
      Tenants tenants) {
    this.method = method;
    this.room = room;
    this.patience = patience;
    this.errors = errors;
    this.tenants = tenants;
  }

  /// Serves pages to their reader and returns at once. To be called from the call's handler. Throws
  /// a DomainException: QuotaExceeded when as many streams are open as may be.
  void serve(Scope scope, PacedStream.Pages<S> pages, ServerCallStreamObserver<S> reader) {
    room.enter(scope);
    try {
      begin(scope, pages, reader);
    } catch (RuntimeException | Error failed) {
      room.leave(scope);
      throw failed;
    }
  }

  /// What is read, when it is this reader's turn.
  <T> T reading(Supplier<T> read) {
    reading.acquireUninterruptibly();
    try {
      return read.get();
    } finally {
      reading.release();
    }
  }

  /// Ends all streams, and every one that is still to come, with UNAVAILABLE: readers go on at
  /// another node after the last that they received.
  void drain() {
    draining = true;
    open.forEach(PacedStream::drain);
  }

  private void begin(Scope scope, PacedStream.Pages<S> pages, ServerCallStreamObserver<S> reader) {
    reader.setOnReadyThreshold(NOTHING_BUFFERED);
    PacedStream<S> stream = new PacedStream<>(pages, patience, this::status, reader);
    Runnable writing = tenants.ofCall().apply(() -> run(stream, scope));
    open.add(stream);
    if (draining) {
      stream.drain();
    }
    Thread.ofVirtual().name(String.valueOf(method.getBareMethodName())).start(writing);
  }

  private void run(PacedStream<S> stream, Scope scope) {
    try {
      stream.run();
    } finally {
      open.remove(stream);
      room.leave(scope);
    }
  }

  private Throwable status(Throwable failure) {
    return errors.statusOf(failure, method.getFullMethodName(), EntryPaths.ENTRIES);
  }
}
