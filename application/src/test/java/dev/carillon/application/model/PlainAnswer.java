package dev.carillon.application.model;

/// What a carrier answered to one attempt.
record PlainAnswer(int position, int attempt, boolean resent, String kind) {
  /// Whether the attempt does not count.
  boolean wasCalledOff() {
    return kind.equals("THROTTLED") || kind.equals("WITHDRAWN");
  }
}
