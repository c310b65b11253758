package dev.carillon.domain.job;

/// What to do with a message whose answer was lost and that nothing settles.
public enum UnknownPolicy {
  /// Wait for evidence until the job's settle time, then give it up (FAILED/OUTCOME_UNKNOWN).
  HOLD,
  /// Send it once more, flagged as a possible duplicate.
  RESEND,
  /// Give it up at once.
  FAIL
}
