package dev.carillon.domain.job;

/// When a job has failed so often that it should stop and ask.
///
/// @param least messages with an outcome before it judges, at least 1
public record FailureGuard(int least) {
  public FailureGuard {
    if (least < 1) {
      throw new IllegalArgumentException("at least one message is needed to judge by");
    }
  }

  /// Whether so many have failed.
  ///
  /// @param percent of those with an outcome, 1 to 100; 0 for never
  public boolean trips(Counters counters, int percent) {
    long failed = counters.failed();
    long judged = counters.sentCount() + failed;
    return percent > 0 && judged >= least && failed * 100 >= judged * percent;
  }
}
