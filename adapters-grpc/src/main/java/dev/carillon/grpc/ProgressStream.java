package dev.carillon.grpc;

import dev.carillon.application.watch.WatchEvent;
import dev.carillon.application.watch.Watched;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.function.Function;

/// One reader's stream of progress. It is called to send what there is and never waits. The next
/// event is asked for only when the reader has taken what was sent, so a slow one buffers nothing
/// and then hears the latest; an end is sent to every reader, however late.
///
/// @param <R> what is sent
final class ProgressStream<R> {
  /// What [#turn] returns when it need not be called again.
  static final long OVER = Long.MAX_VALUE;

  private final Watched watch;
  private final Function<WatchEvent, R> mapping;
  private final Function<Throwable, Throwable> failures;
  private final ServerCallStreamObserver<R> reader;
  private final long heartbeat;
  private final long interval;
  private volatile boolean cancelled;
  private long lastSent = System.nanoTime();
  private long nextChange = lastSent;
  private boolean inRound;

  /// @param failures what the reader is told of an exception
  ProgressStream(
      Watched watch,
      Function<WatchEvent, R> mapping,
      Function<Throwable, Throwable> failures,
      ServerCallStreamObserver<R> reader,
      Pace pace) {
    this.watch = watch;
    this.mapping = mapping;
    this.failures = failures;
    this.reader = reader;
    this.heartbeat = pace.heartbeat().toNanos();
    this.interval = pace.interval().toNanos();
  }

  /// Notes that nobody reads any more; the next turn ends the stream.
  void cancel() {
    cancelled = true;
  }

  /// Sends what is due. To be called by one thread at a time: at the latest after the time that it
  /// returns, in nanoseconds, and whenever there may be news or the reader is ready again.
  ///
  /// @param now as System.nanoTime tells it
  long turn(long now) {
    if (cancelled) {
      watch.close();
      return OVER;
    }
    try {
      return send(now);
    } catch (RuntimeException | Error failure) {
      return fail(failures.apply(failure));
    }
  }

  /// Ends the stream with this status. By the thread that calls [#turn].
  long fail(Throwable status) {
    watch.close();
    if (!cancelled) {
      reader.onError(status);
    }
    return OVER;
  }

  private long send(long now) {
    if (now - nextChange >= 0 || watch.isPressing()) {
      sendNews(now);
    }
    if (watch.isOver()) {
      watch.close();
      reader.onCompleted();
      return OVER;
    }
    if (now - lastSent >= heartbeat && reader.isReady()) {
      send(watch.beat(), now);
    }
    long silent = now - lastSent;
    // Looked at again each heartbeat, so that nothing hangs on one notice alone.
    long again = silent < heartbeat ? heartbeat - silent : heartbeat;
    long pause = nextChange - now;
    return pause > 0 && watch.hasNews() ? Math.min(pause, again) : again;
  }

  private void sendNews(long now) {
    while (reader.isReady()) {
      WatchEvent event = watch.poll().orElse(null);
      if (event != null) {
        send(event, now);
        inRound = true;
      }
      if (event == null || !(watch.isMany() || watch.isPressing())) {
        nextChange = inRound ? now + interval : nextChange;
        inRound = false;
        return;
      }
    }
  }

  private void send(WatchEvent event, long now) {
    reader.onNext(mapping.apply(event));
    lastSent = now;
  }

  /// How often a reader is told something.
  ///
  /// @param heartbeat a sign of life after this time without news
  /// @param interval least time between two rounds of changes; an end does not wait for it
  record Pace(Duration heartbeat, Duration interval) {}
}
