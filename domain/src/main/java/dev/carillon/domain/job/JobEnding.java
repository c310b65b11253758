package dev.carillon.domain.job;

import java.util.Optional;

/// How a job ends, taken from its accepted messages at the moment the last chunk closes.
public final class JobEnding {
  private JobEnding() {}

  /// The move that ends a job which stands at `status` with these counters: cancelled, else broken,
  /// else all taken, else none taken and none unknown, else partial.
  ///
  /// @param broken whether a critical error stopped it
  public static JobTransition of(JobStatus status, boolean broken, Counters counters) {
    if (status == JobStatus.CANCELLING) {
      return JobTransition.END_CANCELLED;
    }
    if (broken) {
      return JobTransition.END_FAILED;
    }
    return switch (verdict(counters)) {
      case COMPLETED -> JobTransition.END_COMPLETED;
      case FAILED -> JobTransition.END_FAILED;
      default -> JobTransition.END_PARTIAL;
    };
  }

  /// The move that puts the end of a job right whose last open message has settled, if its end was
  /// wrong: only PARTIAL can turn out to be COMPLETED or FAILED.
  public static Optional<JobTransition> correction(JobStatus end, Counters counters) {
    if (end != JobStatus.PARTIAL) {
      return Optional.empty();
    }
    return switch (verdict(counters)) {
      case COMPLETED -> Optional.of(JobTransition.CORRECT_TO_COMPLETED);
      case FAILED -> Optional.of(JobTransition.CORRECT_TO_FAILED);
      default -> Optional.empty();
    };
  }

  private static JobStatus verdict(Counters counters) {
    long taken = counters.sentCount();
    if (taken == counters.accepted()) {
      return JobStatus.COMPLETED;
    }
    return taken == 0 && counters.unknown() == 0 ? JobStatus.FAILED : JobStatus.PARTIAL;
  }
}
