package dev.carillon.providers.http;

import java.time.Duration;

/// How far one request has come, and until when it may go on. Known to the thread that sends it and
/// to the watchdog.
final class Exchange {
  private final Duration answer;
  private final Runnable breakOff;
  private volatile long deadline;
  private volatile Stage stage = Stage.NOT_WRITTEN;
  private volatile boolean cut;

  /// @param breakOff closes its connection
  Exchange(HttpLimits limits, Runnable breakOff) {
    this.answer = limits.answer();
    this.breakOff = breakOff;
    this.deadline = System.nanoTime() + 2 * limits.connect().toNanos();
  }

  /// There is a connection.
  void connected() {
    deadline = System.nanoTime() + answer.toNanos();
  }

  /// Its last bytes are about to be given to the connection.
  void ending() {
    stage = Stage.ENDING;
  }

  /// All of it was taken by the operating system.
  void written() {
    stage = Stage.WRITTEN;
  }

  /// How long it may still go on, in nanoseconds.
  long left() {
    return deadline - System.nanoTime();
  }

  /// Ends it, because its time is over or its client is closed.
  void cut() {
    cut = true;
    breakOff.run();
  }

  boolean isCut() {
    return cut;
  }

  /// Whether the other side may have all of it, now that it failed. As long as a write is refused,
  /// the other side lacks at least what that write held; only where the connection was closed from
  /// this side the last write may have gone through all the same.
  boolean mayHaveArrived() {
    return switch (stage) {
      case NOT_WRITTEN -> false;
      case ENDING -> cut || Thread.currentThread().isInterrupted();
      case WRITTEN -> true;
    };
  }

  private enum Stage {
    NOT_WRITTEN,
    ENDING,
    WRITTEN
  }
}
