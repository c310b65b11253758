package dev.carillon.domain.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of one hand-over and its answer. Appended, never changed.
///
/// @param position the message's place in its job
/// @param number 1 for the first attempt
/// @param resent whether it was made although an earlier one stays in doubt, so that the recipient
///   may have got the message twice
/// @param kind what the carrier answered
/// @param reason why, when it was not taken
/// @param detail the carrier's own words without personal data, cut after 255 characters; may be ""
/// @param carrier who was given it
/// @param choice why it was given to that carrier; empty where there was no choice
/// @param carrierMessageId its id there; may be empty
/// @param partIds ids by which receipts of its parts will be looked up, in order; mostly empty
/// @param at when the answer came
public record Attempt(
    int position,
    int number,
    boolean resent,
    OutcomeKind kind,
    @Nullable Reason reason,
    String detail,
    CarrierId carrier,
    String choice,
    String carrierMessageId,
    List<String> partIds,
    Instant at) {

  public Attempt {
    partIds = partIds.isEmpty() ? List.of() : partIds.stream().map(CarrierWords::fit).toList();
    detail = CarrierWords.fit(detail);
    carrierMessageId = CarrierWords.fit(carrierMessageId);
  }

  /// How many attempts of the message must be counted at least because of this one. One whose
  /// answer was lost may have been given back when the answer came after all, and is then not
  /// counted.
  public int countsAtLeast() {
    return kind == OutcomeKind.UNCONFIRMED ? number - 1 : number;
  }

  /// The attempt that an answer closes, at the carrier that a route led to.
  public static Attempt of(
      int position, int number, boolean resent, DispatchOutcome outcome, Route route, Instant at) {
    return new Attempt(
        position,
        number,
        resent,
        OutcomeKind.of(outcome),
        reason(outcome),
        detail(outcome),
        route.carrier(),
        route.reason(),
        outcome instanceof DispatchOutcome.Accepted accepted ? accepted.carrierMessageId() : "",
        outcome instanceof DispatchOutcome.Accepted accepted ? accepted.partIds() : List.of(),
        at);
  }

  private static @Nullable Reason reason(DispatchOutcome outcome) {
    return switch (outcome) {
      case DispatchOutcome.Accepted _ -> null;
      case DispatchOutcome.Withdrawn _ -> Reason.SYSTEM_ERROR;
      case DispatchOutcome.Withheld withheld -> withheld.reason();
      case DispatchOutcome.Rejected rejected -> rejected.reason();
      case DispatchOutcome.Throttled _ -> Reason.THROTTLED;
      case DispatchOutcome.Unreachable unreachable -> unreachable.reason();
      case DispatchOutcome.Unconfirmed _ -> Reason.OUTCOME_UNKNOWN;
    };
  }

  private static String detail(DispatchOutcome outcome) {
    return switch (outcome) {
      case DispatchOutcome.Rejected rejected -> rejected.detail();
      case DispatchOutcome.Unreachable unreachable -> unreachable.detail();
      case DispatchOutcome.Unconfirmed unconfirmed -> unconfirmed.detail();
      default -> "";
    };
  }
}
