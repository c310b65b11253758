package dev.carillon.grpc;

import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams of progress that are open on this node: starts them, and ends them when the node
/// stops.
final class ProgressStreams {
  private static final String METHOD = "WatchBulkJob";

  /// Asks for readiness only once everything has been handed to the connection: one event waits at
  /// most.
  private static final int NOTHING_BUFFERED = 1;

  private final GrpcConfig.Streams config;
  private final WatchResponses responses;
  private final ErrorInterceptor errors;
  private final Tenants tenants;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  ProgressStreams(
      GrpcConfig.Streams config,
      WatchResponses responses,
      ErrorInterceptor errors,
      Tenants tenants) {
    this.config = config;
    this.responses = responses;
    this.errors = errors;
    this.tenants = tenants;
  }

  /// Serves a watch to its reader and returns at once. To be called from the call's handler.
  ///
  /// @param heartbeat as the reader asked for it; zero for the default
  void serve(
      String bulkId,
      Watched watch,
      Duration heartbeat,
      ServerCallStreamObserver<WatchBulkJobResponse> reader) {
    reader.setOnReadyThreshold(NOTHING_BUFFERED);
    ProgressStream stream =
        new ProgressStream(
            watch,
            event -> responses.event(bulkId, event),
            failure -> errors.statusOf(failure, METHOD, EntryPaths.ENTRIES),
            reader,
            heartbeat.isZero() ? config.heartbeat() : heartbeat,
            config.progressInterval());
    Runnable relay = tenants.ofCall().apply(() -> run(stream));
    Thread thread = Thread.ofVirtual().name("watch-" + bulkId).unstarted(relay);
    reader.setOnCancelHandler(() -> {
      stream.cancel();
      thread.interrupt();
    });
    thread.start();
  }

  /// Ends all streams, and every one that is still to come, with UNAVAILABLE: readers go on at
  /// another node by their resume token.
  void drain() {
    draining = true;
    threads.forEach(Thread::interrupt);
  }

  /// How many streams are open.
  int open() {
    return threads.size();
  }

  private void run(ProgressStream stream) {
    Thread self = Thread.currentThread();
    threads.add(self);
    try {
      if (draining) {
        self.interrupt();
      }
      stream.run();
    } finally {
      threads.remove(self);
    }
  }
}
