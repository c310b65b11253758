package dev.carillon.application.settling;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.Chunk;
import java.time.Instant;

/// A carrier's answer to one attempt of one message, on its way to become a fact.
///
/// @param route to the carrier that was given it, and why that one
/// @param carrier the number by which the message's chunk remembers that carrier
/// @param resent whether the attempt was made although an earlier one stays in doubt
/// @param elsewhere whether the message may be given to another carrier, since this one refused it
///   for what it is itself
public record Answer(
    int position,
    int attempt,
    boolean resent,
    DispatchOutcome outcome,
    Route route,
    int carrier,
    Instant at,
    boolean elsewhere) {

  /// One that ends the matter when it is a refusal.
  public Answer(
      int position,
      int attempt,
      boolean resent,
      DispatchOutcome outcome,
      Route route,
      int carrier,
      Instant at) {
    this(position, attempt, resent, outcome, route, carrier, at, false);
  }

  /// By the job's own provider.
  public Answer(
      int position, int attempt, boolean resent, DispatchOutcome outcome, Route route, Instant at) {
    this(position, attempt, resent, outcome, route, CarrierChoice.PROVIDER, at, false);
  }

  /// The same refusal, where another carrier may be tried.
  public Answer goingElsewhere() {
    return new Answer(position, attempt, resent, outcome, route, carrier, at, true);
  }

  /// Whether it is to the attempt that was made of the message last.
  boolean isToLatestOf(Chunk chunk) {
    return attempt == chunk.attempts(position) && carrier == chunk.carrier(position);
  }

  /// Whether the carrier refused the message for what the carrier is, so that another may take it;
  /// never of what is in doubt at it.
  public boolean isRefusalOfCarrier() {
    return !resent
        && outcome instanceof DispatchOutcome.Rejected rejected
        && rejected.reason().isOfCarrier();
  }

  /// Whether the attempt counts, and is kept. One that does not is given back, and its number is
  /// used again: such an answer can be settled once only, since nothing tells it from one to the
  /// next attempt of that number.
  boolean counts() {
    return !(outcome instanceof DispatchOutcome.Throttled)
        && !(outcome instanceof DispatchOutcome.Withheld)
        && !(outcome instanceof DispatchOutcome.Withdrawn);
  }

  Attempt toAttempt() {
    return Attempt.of(position, attempt, resent, outcome, route, at);
  }
}
