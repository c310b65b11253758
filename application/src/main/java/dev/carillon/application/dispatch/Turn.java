package dev.carillon.application.dispatch;

import dev.carillon.application.port.JobAtWork;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A worker's turn with a job: how long it may last, and what it costs the job in the order of
/// service.
final class Turn {
  private final JobAtWork job;
  private final JobQueue queue;
  private final BooleanSupplier goOn;
  private final BooleanSupplier hoursChanged;
  private final long endNanos;

  /// @param goOn whether the worker works on and the job was not stopped
  /// @param hoursChanged whether the job's send window is another than when the turn began
  /// @param slice the turn lasts as long at least, and longer while no other job waits
  Turn(
      JobAtWork job,
      JobQueue queue,
      BooleanSupplier goOn,
      BooleanSupplier hoursChanged,
      Duration slice) {
    this.job = job;
    this.queue = queue;
    this.goOn = goOn;
    this.hoursChanged = hoursChanged;
    this.endNanos = System.nanoTime() + slice.toNanos();
  }

  boolean goesOn() {
    return goOn.getAsBoolean();
  }

  /// Whether it is another job's turn.
  boolean isOver() {
    return hoursChanged() || (System.nanoTime() - endNanos > 0 && queue.othersWait(job.id()));
  }

  /// Whether the job's send window has changed meanwhile, so that what waits has to be looked at
  /// anew.
  boolean hoursChanged() {
    return hoursChanged.getAsBoolean();
  }

  void charge(int messages) {
    if (messages > 0) {
      queue.charge(job, messages);
    }
  }

  /// It has ended.
  ///
  /// @param more whether something of the job was given back that may be taken at once
  void end(boolean more) {
    if (more) {
      queue.givenBack(job.id());
    }
  }
}
