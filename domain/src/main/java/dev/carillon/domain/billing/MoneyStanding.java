package dev.carillon.domain.billing;

import dev.carillon.domain.message.MessageState;

/// Where the money of one message is: told by the message's state and the job's plan alone, so that
/// money and messages cannot disagree.
public enum MoneyStanding {
  /// Nothing was ever held for it: it was left out.
  NONE,
  /// Held since acceptance; the outcome is open.
  HELD,
  /// A carrier took the message: it is paid.
  CAPTURED,
  /// Given back, or to be given back when its chunk has closed.
  REFUNDED;

  /// The standing of a message in this state.
  public static MoneyStanding of(MessageState state, RefundPlan plan) {
    return switch (state) {
      case QUEUED, IN_FLIGHT, RESENDING, UNKNOWN, UNKNOWN_RESENT -> HELD;
      case SENT, DELIVERED, READ -> CAPTURED;
      case UNDELIVERED -> plan.undelivered() ? REFUNDED : CAPTURED;
      case FAILED_OUTCOME_UNKNOWN -> plan.lostAnswer() ? REFUNDED : CAPTURED;
      case FAILED,
          FAILED_SYSTEM_ERROR,
          EXPIRED,
          CANCELLED,
          CANCELLED_SUPPRESSED,
          CANCELLED_DELETED ->
          REFUNDED;
      case REJECTED_INVALID, REJECTED_DUPLICATE, REJECTED_SUPPRESSED, REJECTED_NO_ADDRESS -> NONE;
    };
  }
}
