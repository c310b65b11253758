package dev.carillon.domain.job;

/// Why a job is PAUSED.
public enum PauseReason {
  /// Its owner paused it.
  OWNER("paused by its owner"),
  /// Too many of its messages failed.
  FAILURE_RATE("too many of its messages failed");

  private final String description;

  PauseReason(String description) {
    this.description = description;
  }

  /// The same for people.
  public String description() {
    return description;
  }
}
