package dev.carillon.application;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Instant;

/// A carrier's answer to one attempt of one message, on its way to become a fact.
public record Answer(
    int position, int attempt, DispatchOutcome outcome, CarrierId carrier, Instant at) {

  /// What is kept of it; nothing of an attempt that does not count.
  boolean counts() {
    return !(outcome instanceof DispatchOutcome.Throttled)
        && !(outcome instanceof DispatchOutcome.Withdrawn);
  }

  Attempt toAttempt() {
    return Attempt.of(position, attempt, outcome, carrier, at);
  }
}
