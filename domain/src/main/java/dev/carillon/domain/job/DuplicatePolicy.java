package dev.carillon.domain.job;

/// What counts as the same message twice within a job; the later one is REJECTED/DUPLICATE.
public enum DuplicatePolicy {
  /// Same address and same rendered content.
  BY_CONTENT,
  /// Same address, whatever it says.
  BY_ADDRESS,
  /// Nothing: send all of them.
  KEEP
}
