package dev.carillon.domain.job;

/// What to do with a job that could not begin at its send time, because the service was down.
public enum MisfirePolicy {
  /// Send it as soon as possible, while its time lasts.
  SEND_LATE,
  /// Let it expire when it could not begin within the grace after its send time.
  SKIP
}
