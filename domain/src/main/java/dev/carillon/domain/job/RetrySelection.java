package dev.carillon.domain.job;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which messages of an ended job are sent once more by a retry of it.
///
/// @param statuses of those wanted; only what was surely not delivered can be among them
/// @param reasons of those wanted; empty for any
/// @param inDoubt whether what may have been delivered is wanted too: UNKNOWN, and FAILED with
///   OUTCOME_UNKNOWN
public record RetrySelection(Set<MessageStatus> statuses, Set<Reason> reasons, boolean inDoubt) {
  /// Statuses that a retry may ask for.
  public static final Set<MessageStatus> RETRYABLE =
      Set.copyOf(
          EnumSet.of(
              MessageStatus.FAILED,
              MessageStatus.UNDELIVERED,
              MessageStatus.EXPIRED,
              MessageStatus.CANCELLED));

  /// What a retry takes when nothing is asked for: what failed, did not arrive or came too late.
  public static final RetrySelection DEFAULT =
      new RetrySelection(
          Set.of(MessageStatus.FAILED, MessageStatus.UNDELIVERED, MessageStatus.EXPIRED),
          Set.of(),
          false);

  public RetrySelection {
    if (!RETRYABLE.containsAll(statuses)) {
      throw new IllegalArgumentException("a retry may ask for " + RETRYABLE);
    }
    statuses = Set.copyOf(statuses);
    reasons = Set.copyOf(reasons);
  }

  /// Whether a message in this state is taken.
  ///
  /// @param lastReason of its last attempt or receipt, where the state has none of its own
  public boolean takes(MessageState state, @Nullable Reason lastReason) {
    if (state == MessageState.CANCELLED_SUPPRESSED || state == MessageState.CANCELLED_DELETED) {
      return false;
    }
    Reason own = state.reason();
    Reason reason = own == null ? lastReason : own;
    boolean doubtful = state.isInDoubt() || state == MessageState.FAILED_OUTCOME_UNKNOWN;
    boolean wanted = doubtful ? inDoubt : statuses.contains(state.status(true));
    return wanted && (reasons.isEmpty() || (reason != null && reasons.contains(reason)));
  }
}
