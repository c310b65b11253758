package dev.carillon.application.model;

/// What a carrier answered to one attempt.
///
/// @param elsewhere whether another carrier may be tried
/// @param carrier the number of who answered; 0 for the job's own
record PlainAnswer(
    int position, int attempt, boolean resent, String kind, boolean elsewhere, int carrier) {
  /// Whether the attempt does not count.
  boolean wasCalledOff() {
    return kind.equals("THROTTLED") || kind.equals("WITHDRAWN") || kind.equals("WITHHELD");
  }
}
