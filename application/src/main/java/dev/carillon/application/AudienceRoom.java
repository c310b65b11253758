package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Bounds how many groups and other audiences of any size are read at a time, because each of them
/// may need hundreds of megabytes to know its duplicates. Those that find no room wait, half a
/// minute at most.
final class AudienceRoom {
  private static final int AT_A_TIME = 2;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Semaphore room = new Semaphore(AT_A_TIME, true);

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
      if (room.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new DomainException(
        new DomainError.QuotaExceeded("audiences of stored recipients at a time", LONGEST_WAIT));
  }
}
