package dev.carillon.domain.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When and how fast a job is to be handed over, and what to do when that fails.
///
/// @param sendTime not before; null for at once
/// @param deadline what still waits then is EXPIRED: the owner's expire time, or the greatest age
/// @param window hours of the day; null for all
/// @param ratePerSecond at most so many messages in a second; 0 for no limit of its own
/// @param misfire what to do when it could not begin at its send time
/// @param unknown what to do with a message whose answer was lost
/// @param failurePercent the job pauses itself when so many of its messages failed; 0 for never
public record DispatchPlan(
    @Nullable Instant sendTime,
    Instant deadline,
    @Nullable SendWindow window,
    int ratePerSecond,
    MisfirePolicy misfire,
    UnknownPolicy unknown,
    int failurePercent) {

  /// At once, as fast as carriers allow, until the deadline.
  public static DispatchPlan atOnce(Instant deadline) {
    return new DispatchPlan(
        null, deadline, null, 0, MisfirePolicy.SEND_LATE, UnknownPolicy.HOLD, 0);
  }

  /// The same within other hours; null for all.
  public DispatchPlan within(@Nullable SendWindow hours) {
    return new DispatchPlan(
        sendTime, deadline, hours, ratePerSecond, misfire, unknown, failurePercent);
  }

  /// Whether anybody may be written to before its deadline; false when its window is closed for
  /// everybody, wherever they live, until then.
  ///
  /// @param now when it is accepted, or changed
  public boolean leavesTime(Instant now) {
    Instant start = sendTime != null && sendTime.isAfter(now) ? sendTime : now;
    return window == null || window.isOpenSomewhere(start, deadline);
  }
}
