package dev.carillon.providers.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When a carrier counts as failing, and for how long it is then left alone.
///
/// @param failureShare of the latest answers, more than 0, at most 1: from this share of failures
///   on its circuit opens
/// @param window how many answers are looked at, 10 to 10,000
/// @param leastAnswers fewer say nothing, 1 to the window
/// @param unreachedInARow opens it too, however few answers there are, 1 to 1,000: so many times it
///   could not be reached, and nothing was answered in between
/// @param openTime how long the circuit stays open, 100 ms to 1 h
/// @param trials messages that it is then given to see, 1 to 1,000
public record PacingConfig(
    double failureShare,
    int window,
    int leastAnswers,
    int unreachedInARow,
    Duration openTime,
    int trials) {
  /// Half of the last hundred answers, fifty at least, or three times out of reach; five seconds;
  /// ten messages to see.
  public static final PacingConfig DEFAULT =
      new PacingConfig(0.5, 100, 50, 3, Duration.ofSeconds(5), 10);

  /// Most times in a row.
  public static final int MOST_IN_A_ROW = 1_000;

  /// Bounds of the window.
  public static final int LEAST_WINDOW = 10;

  /// Bounds of the window.
  public static final int MOST_WINDOW = 10_000;

  /// Bounds of the time that a circuit stays open.
  public static final Duration LEAST_OPEN_TIME = Duration.ofMillis(100);

  /// Bounds of the time that a circuit stays open.
  public static final Duration MOST_OPEN_TIME = Duration.ofHours(1);

  /// Most messages given to a carrier to see whether it takes again.
  public static final int MOST_TRIALS = 1_000;

  /// Everything that is wrong with it, each with the setting's name; empty when it may be used.
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    require(
        failureShare > 0 && failureShare <= 1,
        problems,
        "failure-share must be more than 0 and at most 1");
    require(
        window >= LEAST_WINDOW && window <= MOST_WINDOW, problems, "window must be 10 to 10000");
    require(
        leastAnswers >= 1 && leastAnswers <= window,
        problems,
        "least-answers must be 1 to the window");
    require(
        unreachedInARow >= 1 && unreachedInARow <= MOST_IN_A_ROW,
        problems,
        "unreached-in-a-row must be 1 to 1000");
    require(
        openTime.compareTo(LEAST_OPEN_TIME) >= 0 && openTime.compareTo(MOST_OPEN_TIME) <= 0,
        problems,
        "open-time must be 100ms to 1h");
    require(trials >= 1 && trials <= MOST_TRIALS, problems, "trials must be 1 to 1000");
    return List.copyOf(problems);
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
