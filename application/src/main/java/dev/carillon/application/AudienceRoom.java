package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Bounds how many groups and other audiences of any size are read at a time, because each of them
/// may need hundreds of megabytes to know its duplicates. Those that find no room wait, but not for
/// long.
final class AudienceRoom {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final int atATime;
  private final Semaphore room;
  private final Duration longestWait;

  AudienceRoom(int atATime, Duration longestWait) {
    this.atATime = atATime;
    this.room = new Semaphore(atATime, true);
    this.longestWait = longestWait;
  }

  /// Does the work, in its turn if the audience may be large. Throws QuotaExceeded when there was
  /// no room in time.
  <R> R in(Audience audience, Supplier<R> work) {
    if (!mayBeLarge(audience)) {
      return work.get();
    }
    enter();
    try {
      return work.get();
    } finally {
      room.release();
    }
  }

  private static boolean mayBeLarge(Audience audience) {
    return audience instanceof Audience.Stored(Audiences.Selection selection)
        && !(selection instanceof Audiences.Selection.Ids);
  }

  private void enter() {
    try {
      if (room.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new DomainException(
        new DomainError.QuotaExceeded(
            atATime + " audiences of stored recipients at a time", TRY_AGAIN));
  }
}
