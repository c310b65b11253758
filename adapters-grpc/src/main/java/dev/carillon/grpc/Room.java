package dev.carillon.grpc;

import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Room for so many at a time; who comes when it is full waits in line, for a bounded time.
final class Room {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final String quota;
  private final Semaphore places;
  private final Duration longestWait;

  /// @param what they are so many of, as a refusal names them
  Room(String what, int places, Duration longestWait) {
    this.quota = places + " " + what;
    this.places = new Semaphore(places, true);
    this.longestWait = longestWait;
  }

  /// Takes a place, to be given back by [#leave]. Throws QuotaExceeded, or that the deadline is
  /// over, when none became free in time.
  void enter() {
    Duration wait = Deadlines.atMost(longestWait);
    if (!took(wait)) {
      Deadlines.check();
      throw new DomainException(new DomainError.QuotaExceeded(quota, TRY_AGAIN));
    }
  }

  void leave() {
    places.release();
  }

  private boolean took(Duration wait) {
    try {
      return places.tryAcquire(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
