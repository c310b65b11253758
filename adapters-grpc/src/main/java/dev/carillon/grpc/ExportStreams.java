package dev.carillon.grpc;

import dev.carillon.application.ExportMessages;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.Message;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.MessageServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The exports that are open on this node, a bounded number: starts them, has a few of them read at
/// a time, so that other calls find the store free, and ends those that nobody reads, and all when
/// the node stops.
final class ExportStreams {
  private static final String METHOD =
      MessageServiceGrpc.getExportMessagesMethod().getFullMethodName();

  /// A batch is handed over as a whole; asks for the next only once nothing waits any more.
  private static final int NOTHING_BUFFERED = 1;

  private static final int READ_AT_A_TIME = 4;

  /// Each holds a batch.
  private static final int MOST_OPEN = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final ExportMessages exportMessages;
  private final ErrorInterceptor errors;
  private final Tenants tenants;
  private final Semaphore reading = new Semaphore(READ_AT_A_TIME, true);
  private final Semaphore room = new Semaphore(MOST_OPEN);
  private final Set<ExportStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  ExportStreams(ExportMessages exportMessages, ErrorInterceptor errors, Tenants tenants) {
    this.exportMessages = exportMessages;
    this.errors = errors;
    this.tenants = tenants;
  }

  /// Serves an export to its reader and returns at once. To be called from the call's handler.
  /// Throws QuotaExceeded when as many are open as may be.
  void serve(ExportMessages.Query query, ServerCallStreamObserver<ExportMessagesResponse> reader) {
    if (!room.tryAcquire()) {
      throw new DomainException(new DomainError.QuotaExceeded("exports of this node", TRY_AGAIN));
    }
    reader.setOnReadyThreshold(NOTHING_BUFFERED);
    ExportStream stream =
        new ExportStream(
            query,
            PATIENCE,
            this::batch,
            failure -> errors.statusOf(failure, METHOD, EntryPaths.ENTRIES),
            reader);
    open.add(stream);
    if (draining) {
      stream.drain();
    }
    Runnable export = tenants.ofCall().apply(() -> run(stream));
    Thread.ofVirtual().name("export-" + query.bulkId()).start(export);
  }

  /// Ends all exports, and every one that is still to come, with UNAVAILABLE: readers go on at
  /// another node after the last position they received.
  void drain() {
    draining = true;
    open.forEach(ExportStream::drain);
  }

  private void run(ExportStream stream) {
    try {
      stream.run();
    } finally {
      open.remove(stream);
      room.release();
    }
  }

  private List<Message> batch(ExportMessages.Query query) {
    reading.acquireUninterruptibly();
    try {
      return exportMessages.handle(query);
    } finally {
      reading.release();
    }
  }
}
