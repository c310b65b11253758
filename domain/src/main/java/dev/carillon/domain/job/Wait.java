package dev.carillon.domain.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// That a job which has not ended hands nothing over now, and why.
///
/// @param until when that is over, or is looked at again, as far as anybody knows; null when nobody
///   does
public record Wait(WaitReason reason, @Nullable Instant until) {

  /// Of a job that is not running, by where it stands; empty when it is ending or has ended.
  public static Optional<Wait> ofStanding(BulkJob job) {
    return switch (job.status()) {
      case OPEN -> forGood(WaitReason.UPLOAD);
      case SCHEDULED ->
          Optional.of(new Wait(WaitReason.SEND_TIME, job.submission().plan().sendTime()));
      case PAUSED -> forGood(WaitReason.PAUSED);
      case PENDING, PROCESSING, CANCELLING, COMPLETED, PARTIAL, FAILED, CANCELLED ->
          Optional.empty();
    };
  }

  /// Of a job that is running; empty when it is being sent, or expires.
  ///
  /// @param ways that lead its messages to carriers; none when nothing does
  public static Optional<Wait> ofRunning(
      DispatchPlan plan, Front front, List<Way> ways, Instant now) {
    if (!plan.deadline().isAfter(now)) {
      return Optional.empty();
    }
    return switch (front) {
      case Front.Moving _ -> Optional.empty();
      case Front.BusinessStopped _ -> forGood(WaitReason.BUSINESS_STOPPED);
      case Front.DispatchOff _ -> forGood(WaitReason.DISPATCH_OFF);
      case Front.Due _ when ways.isEmpty() -> forGood(WaitReason.NO_ROUTE);
      case Front.Due due ->
          forHours(plan.window(), due, now)
              .or(() -> isAnyOpen(ways) ? Optional.empty() : forCarriers(ways))
              .or(() -> due.at().isAfter(now) ? forLater(due, ways) : forGood(WaitReason.TURN));
    };
  }

  private static Optional<Wait> forGood(WaitReason reason) {
    return Optional.of(new Wait(reason, null));
  }

  /// A chunk that waits for somebody's hours is due when they begin; one that nobody has looked at
  /// yet is due at once, whatever the hour.
  private static Optional<Wait> forHours(@Nullable SendWindow window, Front.Due due, Instant now) {
    if (window == null) {
      return Optional.empty();
    }
    if (due.at().isAfter(now)) {
      return due.isRetry() || !window.opensSomewhere(due.at())
          ? Optional.empty()
          : Optional.of(new Wait(WaitReason.SEND_WINDOW, due.at()));
    }
    return window.isOpenSomewhere(now)
        ? Optional.empty()
        : Optional.of(
            new Wait(WaitReason.SEND_WINDOW, window.opensNextSomewhere(now).orElse(null)));
  }

  private static boolean isAnyOpen(List<Way> ways) {
    return ways.stream().anyMatch(Way.Open.class::isInstance);
  }

  /// For those of the carriers that cannot be asked; empty when all can.
  private static Optional<Wait> forCarriers(List<Way> ways) {
    Optional<Instant> first =
        ways.stream()
            .filter(Way.Closed.class::isInstance)
            .map(way -> ((Way.Closed) way).until())
            .min(Instant::compareTo);
    if (first.isPresent()) {
      return Optional.of(new Wait(WaitReason.CARRIER_UNAVAILABLE, first.get()));
    }
    return ways.stream().anyMatch(Way.Off.class::isInstance)
        ? forGood(WaitReason.CARRIER_OFF)
        : Optional.empty();
  }

  /// Some carrier could be asked, and yet nothing is due: what is left goes by another, or has to
  /// wait for itself.
  private static Optional<Wait> forLater(Front.Due due, List<Way> ways) {
    return due.isRetry()
        ? Optional.of(new Wait(WaitReason.RETRY, due.at()))
        : forCarriers(ways).or(() -> Optional.of(new Wait(WaitReason.RATE, due.at())));
  }
}
