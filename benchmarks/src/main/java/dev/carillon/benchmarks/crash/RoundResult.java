package dev.carillon.benchmarks.crash;

import java.time.Duration;

/// What a round counted.
///
/// @param kills processes that were killed
/// @param cancelled jobs that were cancelled before they ended
/// @param paused jobs that were paused and resumed
/// @param retried jobs that retry another
/// @param unknown attempts without any answer because of the kills
/// @param taken how many of those a carrier took
/// @param retries automatic re-attempts
record RoundResult(
    RoundPlan plan,
    int jobs,
    int messages,
    int kills,
    int cancelled,
    int paused,
    int retried,
    int unknown,
    int taken,
    int retries,
    Duration took) {

  /// In doubt for each process killed, in the mean of this round.
  double unknownPerKill() {
    return kills == 0 ? 0 : (double) unknown / kills;
  }
}
