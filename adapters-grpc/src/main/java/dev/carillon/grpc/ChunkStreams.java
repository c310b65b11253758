package dev.carillon.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The streams of chunks that are open on this node: starts them, ends one whose caller falls
/// silent, and all of them when the node stops.
final class ChunkStreams implements AutoCloseable {
  private final Duration longestSilence;
  private final ErrorInterceptor errors;
  private final Tenants tenants;
  private final Set<ChunkStream<?, ?>> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean draining;

  /// @param longestSilence how long a caller may take for the next chunk
  ChunkStreams(Duration longestSilence, ErrorInterceptor errors, Tenants tenants) {
    this.longestSilence = longestSilence;
    this.errors = errors;
    this.tenants = tenants;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("grpc-silent-streams").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Takes chunks and has the work done with each. To be called from the call's handler, which
  /// returns the result.
  ///
  /// @param method for the log of incidents
  <Q, S> StreamObserver<Q> serve(
      String method, ChunkStream.Work<Q, S> work, ServerCallStreamObserver<S> answers) {
    ChunkStream<Q, S> stream =
        new ChunkStream<>(
            work,
            tenants.ofCall(),
            failure -> errors.statusOf(failure, method, EntryPaths.ENTRIES),
            answers,
            new ChunkStream.Silence(timer, longestSilence),
            open::remove);
    open.add(stream);
    if (draining) {
      stream.endBy(CallStatuses.draining());
    } else {
      stream.begin();
    }
    return stream;
  }

  /// Ends all streams, each after the chunk that is in work, and every one that is still to come,
  /// with UNAVAILABLE: callers go on at another node after the last answer.
  void drain() {
    draining = true;
    open.forEach(stream -> stream.endBy(CallStatuses.draining()));
  }

  /// How many streams are open.
  int open() {
    return open.size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
