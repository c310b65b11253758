package dev.carillon.domain.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is kept of one hand-over and its answer. Appended, never changed.
///
/// @param position the message's place in its job
/// @param number 1 for the first attempt
/// @param kind what the carrier answered
/// @param reason why, when it was not taken
/// @param detail the carrier's own words without personal data, cut after 255 characters; may be ""
/// @param carrier who was given it
/// @param carrierMessageId its id there; may be empty
/// @param at when the answer came
public record Attempt(
    int position,
    int number,
    OutcomeKind kind,
    @Nullable Reason reason,
    String detail,
    CarrierId carrier,
    String carrierMessageId,
    Instant at) {

  public Attempt {
    detail = CarrierWords.fit(detail);
  }

  /// The attempt that an answer closes.
  public static Attempt of(
      int position, int number, DispatchOutcome outcome, CarrierId carrier, Instant at) {
    OutcomeKind kind = OutcomeKind.of(outcome);
    return switch (outcome) {
      case DispatchOutcome.Accepted accepted ->
          new Attempt(position, number, kind, null, "", carrier, accepted.carrierMessageId(), at);
      case DispatchOutcome.Rejected rejected ->
          new Attempt(
              position, number, kind, rejected.reason(), rejected.detail(), carrier, "", at);
      case DispatchOutcome.Throttled _ ->
          new Attempt(position, number, kind, Reason.THROTTLED, "", carrier, "", at);
      case DispatchOutcome.Unreachable unreachable ->
          new Attempt(
              position, number, kind, unreachable.reason(), unreachable.detail(), carrier, "", at);
      case DispatchOutcome.Unconfirmed unconfirmed ->
          new Attempt(
              position,
              number,
              kind,
              Reason.OUTCOME_UNKNOWN,
              unconfirmed.detail(),
              carrier,
              "",
              at);
      case DispatchOutcome.Withdrawn _ ->
          new Attempt(position, number, kind, null, "", carrier, "", at);
    };
  }
}
