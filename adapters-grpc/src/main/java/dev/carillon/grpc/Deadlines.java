package dev.carillon.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The deadline of the current call.
final class Deadlines {
  private Deadlines() {}

  /// Throws when nobody waits for the answer any more; to be called before anything is changed.
  static void check() {
    Context context = Context.current();
    Deadline deadline = context.getDeadline();
    if (deadline != null && deadline.isExpired()) {
      throw CallStatuses.deadlineExceeded();
    }
    if (context.isCancelled()) {
      throw CallStatuses.cancelled();
    }
  }

  /// What is left of the deadline, at most the given time.
  static Duration atMost(Duration most) {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return most;
    }
    Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    return left.compareTo(most) < 0 ? left : most;
  }
}
