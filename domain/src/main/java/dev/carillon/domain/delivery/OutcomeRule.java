package dev.carillon.domain.delivery;

import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.MessageTransition;

/// Which move a carrier's answer means for a message.
public final class OutcomeRule {
  private OutcomeRule() {}

  /// The move after an answer to the given attempt (1 is the first).
  ///
  /// @param resent whether the attempt was made although an earlier one stays in doubt
  public static MessageTransition transition(
      DispatchOutcome outcome, int attempt, boolean resent, RetryPolicy policy) {
    return resent ? ofResend(outcome) : ofAttempt(outcome, attempt, policy);
  }

  private static MessageTransition ofAttempt(
      DispatchOutcome outcome, int attempt, RetryPolicy policy) {
    return switch (outcome) {
      case DispatchOutcome.Accepted _ -> MessageTransition.ACCEPT;
      case DispatchOutcome.Rejected _ -> MessageTransition.FAIL;
      case DispatchOutcome.Throttled _, DispatchOutcome.Withdrawn _ -> MessageTransition.GIVE_BACK;
      case DispatchOutcome.Withheld _ -> MessageTransition.WITHHOLD;
      case DispatchOutcome.Unreachable _ ->
          policy.allowsAnother(attempt) ? MessageTransition.RETRY : MessageTransition.FAIL;
      case DispatchOutcome.Unconfirmed _ -> MessageTransition.LOSE_ANSWER;
    };
  }

  private static MessageTransition ofResend(DispatchOutcome outcome) {
    return switch (outcome) {
      case DispatchOutcome.Accepted _ -> MessageTransition.ACCEPT;
      case DispatchOutcome.Rejected _ -> MessageTransition.REFUSE_RESEND;
      case DispatchOutcome.Withheld _ -> MessageTransition.WITHHOLD_RESEND;
      case DispatchOutcome.Throttled _, DispatchOutcome.Withdrawn _ ->
          MessageTransition.GIVE_RESEND_BACK;
      case DispatchOutcome.Unreachable _ -> MessageTransition.RETRY_RESEND;
      case DispatchOutcome.Unconfirmed _ -> MessageTransition.LOSE_RESEND;
    };
  }
}
