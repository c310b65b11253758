package dev.carillon.application.settling;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Instant;

/// A carrier's answer to one attempt of one message, on its way to become a fact.
///
/// @param resent whether the attempt was made although an earlier one stays in doubt
public record Answer(
    int position,
    int attempt,
    boolean resent,
    DispatchOutcome outcome,
    CarrierId carrier,
    Instant at) {

  /// Whether the attempt counts, and is kept. One that does not is given back, and its number is
  /// used again: such an answer can be settled once only, since nothing tells it from one to the
  /// next attempt of that number.
  boolean counts() {
    return !(outcome instanceof DispatchOutcome.Throttled)
        && !(outcome instanceof DispatchOutcome.Withdrawn);
  }

  Attempt toAttempt() {
    return Attempt.of(position, attempt, resent, outcome, carrier, at);
  }
}
