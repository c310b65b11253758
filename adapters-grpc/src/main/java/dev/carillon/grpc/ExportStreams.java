package dev.carillon.grpc;

import dev.carillon.application.message.ExportMessages;
import dev.carillon.v1.ExportMessagesResponse;
import dev.carillon.v1.MessageServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/// The exports that are open on this node.
final class ExportStreams {
  /// Each holds a batch.
  private static final int MOST_OPEN = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ExportMessages exportMessages;
  private final PacedStreams<ExportMessagesResponse> streams;

  ExportStreams(ExportMessages exportMessages, ErrorInterceptor errors, Tenants tenants) {
    this.exportMessages = exportMessages;
    this.streams =
        new PacedStreams<>(
            MessageServiceGrpc.getExportMessagesMethod(),
            new StreamRoom("exports", MOST_OPEN, MOST_OPEN),
            PATIENCE,
            errors,
            tenants);
  }

  /// Serves an export to its reader and returns at once. To be called from the call's handler.
  /// Throws QuotaExceeded when as many are open as may be.
  void serve(ExportMessages.Query query, ServerCallStreamObserver<ExportMessagesResponse> reader) {
    ExportPages pages =
        new ExportPages(query, batch -> streams.reading(() -> exportMessages.handle(batch)));
    streams.serve(query.caller().scope(), pages, reader);
  }

  /// Ends all exports, and every one that is still to come: readers go on at another node after the
  /// last position they received.
  void drain() {
    streams.drain();
  }
}
