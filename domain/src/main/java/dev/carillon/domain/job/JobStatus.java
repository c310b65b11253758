package dev.carillon.domain.job;

/// Where a bulk job stands. Only [JobTransition] moves it; codes are stored and never reused.
public enum JobStatus {
  /// Recipients are still being uploaded. Its owner's start, or cancel, or the clock moves it on.
  OPEN(1),
  /// Accepted, its send time lies ahead. The clock, or its owner, moves it on.
  SCHEDULED(2),
  /// Accepted, nothing handed over yet. A worker's first mark, or its owner, moves it on.
  PENDING(3),
  /// Messages are being handed over. The last chunk to close, or its owner, moves it on.
  PROCESSING(4),
  /// Nothing is handed over until its owner resumes or cancels it.
  PAUSED(5),
  /// Cancelled by its owner; the last chunk to close moves it on.
  CANCELLING(6),
  /// A carrier took every accepted message. Nothing moves it.
  COMPLETED(7),
  /// A carrier took some, or the fate of some is unknown. Settling may put it right once.
  PARTIAL(8),
  /// No carrier took any, or a critical error ended it. Nothing moves it.
  FAILED(9),
  /// Cancelled before its completion. Nothing moves it.
  CANCELLED(10);

  private final int code;

  JobStatus(int code) {
    this.code = code;
  }

  /// The stored number.
  public int code() {
    return code;
  }

  /// The status of a stored number.
  public static JobStatus of(int code) {
    for (JobStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no job status has the code " + code);
  }

  /// Whether the job has ended: no edge starts here, but for the one that may put an end right.
  public boolean isEnd() {
    for (JobTransition transition : JobTransition.values()) {
      if (!transition.isCorrection() && transition.sources().contains(this)) {
        return false;
      }
    }
    return true;
  }

  /// Whether what waits in a job that stands here is QUEUED, and no longer PENDING.
  ///
  /// @param begun whether the job has ever handed a message over
  public boolean hasStarted(boolean begun) {
    return begun || (this != OPEN && this != SCHEDULED && this != PENDING && this != PAUSED);
  }

  /// Whether workers may hand over messages of a job that stands here.
  public boolean isRunning() {
    return this == PENDING || this == PROCESSING;
  }
}
