package dev.carillon.persistence;

import java.time.Duration;

/// Whether this process has appended to the outbox of late, so that nobody need ask PostgreSQL many
/// times a second whether there is anything to number. A transaction that appended some time ago
/// may not be committed yet, or never be: this is a hint.
final class OutboxNews {
  private static final long LATELY_NANOS = Duration.ofSeconds(2).toNanos();

  private volatile boolean any;
  private volatile long appendedNanos;

  /// Something is being appended.
  void appended() {
    appendedNanos = System.nanoTime();
    any = true;
  }

  boolean lately() {
    return any && System.nanoTime() - appendedNanos < LATELY_NANOS;
  }
}
