package dev.carillon.grpc;

import dev.carillon.application.watch.WatchEvent;
import dev.carillon.application.watch.Watched;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/// The streams of progress that are open on this node: spreads them over as many threads as there
/// are cores, and ends them when the node stops.
final class ProgressStreams {
  private final GrpcConfig.Streams config;
  private final ErrorInterceptor errors;
  private final List<ProgressRelay> relays =
      Stream.generate(ProgressRelay::new)
          .limit(Runtime.getRuntime().availableProcessors())
          .toList();
  private final AtomicInteger turn = new AtomicInteger();

  ProgressStreams(GrpcConfig.Streams config, ErrorInterceptor errors) {
    this.config = config;
    this.errors = errors;
  }

  /// There may be news for any of them. Returns at once.
  void stir() {
    relays.forEach(ProgressRelay::stir);
  }

  /// Starts the threads.
  void start() {
    relays.forEach(ProgressRelay::start);
  }

  /// Serves a watch to its reader and returns at once. To be called from the call's handler.
  ///
  /// @param method as reports name it
  /// @param wish what the reader asked for; zero for the default
  /// @param buffered bytes that may wait for the reader before it is asked whether it is ready
  <R> void serve(
      String method,
      Watched watch,
      Function<WatchEvent, R> mapping,
      ProgressStream.Pace wish,
      int buffered,
      ServerCallStreamObserver<R> reader) {
    reader.setOnReadyThreshold(buffered);
    ProgressStream<R> stream =
        new ProgressStream<>(
            watch,
            mapping,
            failure -> errors.statusOf(failure, method, EntryPaths.ENTRIES),
            reader,
            pace(wish));
    ProgressRelay relay = relays.get(Math.floorMod(turn.getAndIncrement(), relays.size()));
    reader.setOnReadyHandler(relay::stir);
    reader.setOnCancelHandler(() -> {
      stream.cancel();
      relay.stir();
    });
    relay.add(stream);
  }

  /// Ends all streams, and every one that is still to come, with UNAVAILABLE: readers go on at
  /// another node by their resume token.
  void drain() {
    relays.forEach(ProgressRelay::drain);
  }

  /// Ends the threads.
  void close() {
    relays.forEach(ProgressRelay::stop);
  }

  private ProgressStream.Pace pace(ProgressStream.Pace wish) {
    Duration least = config.progressInterval();
    return new ProgressStream.Pace(
        wish.heartbeat().isZero() ? config.heartbeat() : wish.heartbeat(),
        wish.interval().compareTo(least) > 0 ? wish.interval() : least);
  }
}
