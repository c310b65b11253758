package dev.carillon.domain.job;

/// Why a job is FAILED.
public enum JobError {
  /// No carrier took any of its messages.
  ALL_MESSAGES_FAILED("no carrier took any message"),
  /// A critical error of the service; what was unsent can be retried.
  SYSTEM_ERROR("the service could not go on with this job");

  private final String description;

  JobError(String description) {
    this.description = description;
  }

  /// The same for people.
  public String description() {
    return description;
  }
}
