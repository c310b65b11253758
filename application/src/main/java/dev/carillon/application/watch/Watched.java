package dev.carillon.application.watch;

import java.util.Optional;

/// One reader's view of what it watches: read by one thread at a time, and it never waits.
public interface Watched extends AutoCloseable {
  /// The next event; empty when there is nothing new. Throws a DomainException: QuotaExceeded when
  /// the reader was too slow to be told all that it has to be.
  Optional<WatchEvent> poll();

  /// Whether there may be something that was not told yet.
  boolean hasNews();

  /// Whether what comes next should not wait for the reader's interval.
  default boolean isPressing() {
    return false;
  }

  /// Whether all that is new at one time makes one round, rather than each event.
  default boolean isMany() {
    return false;
  }

  /// Whether all has been told and nothing more will be.
  default boolean isOver() {
    return false;
  }

  /// Says where the reader is, for a sign of life.
  WatchEvent beat();

  /// Leaves what is watched; more than once is as good as once.
  @Override
  void close();
}
