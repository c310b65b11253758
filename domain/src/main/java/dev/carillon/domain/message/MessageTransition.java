package dev.carillon.domain.message;

import static dev.carillon.domain.message.MessageState.CANCELLED;
import static dev.carillon.domain.message.MessageState.CANCELLED_DELETED;
import static dev.carillon.domain.message.MessageState.CANCELLED_SUPPRESSED;
import static dev.carillon.domain.message.MessageState.DELIVERED;
import static dev.carillon.domain.message.MessageState.EXPIRED;
import static dev.carillon.domain.message.MessageState.FAILED;
import static dev.carillon.domain.message.MessageState.FAILED_OUTCOME_UNKNOWN;
import static dev.carillon.domain.message.MessageState.FAILED_SYSTEM_ERROR;
import static dev.carillon.domain.message.MessageState.IN_FLIGHT;
import static dev.carillon.domain.message.MessageState.QUEUED;
import static dev.carillon.domain.message.MessageState.READ;
import static dev.carillon.domain.message.MessageState.RESENDING;
import static dev.carillon.domain.message.MessageState.SENT;
import static dev.carillon.domain.message.MessageState.UNDELIVERED;
import static dev.carillon.domain.message.MessageState.UNKNOWN;
import static dev.carillon.domain.message.MessageState.UNKNOWN_RESENT;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Every move a message can make, as data. What did not move was late: counted, never thrown.
///
/// Evidence only ever raises a message: SENT < UNDELIVERED < DELIVERED < READ, so that receipts in
/// any order, doubled or early, end in the same state.
public enum MessageTransition {
  /// A worker is about to hand it over; counts an attempt.
  MARK(IN_FLIGHT, +1, QUEUED),
  /// A worker is about to hand it over again, because the job wants what is in doubt resent; counts
  /// an attempt.
  MARK_AGAIN(RESENDING, +1, UNKNOWN),
  /// The carrier took it.
  ACCEPT(SENT, 0, IN_FLIGHT, RESENDING, UNKNOWN, UNKNOWN_RESENT, FAILED_OUTCOME_UNKNOWN),
  /// A receipt says that it arrived.
  DELIVER(
      DELIVERED,
      0,
      IN_FLIGHT,
      RESENDING,
      UNKNOWN,
      UNKNOWN_RESENT,
      FAILED_OUTCOME_UNKNOWN,
      SENT,
      UNDELIVERED),
  /// A receipt says that it was read.
  CONFIRM_READ(
      READ,
      0,
      IN_FLIGHT,
      RESENDING,
      UNKNOWN,
      UNKNOWN_RESENT,
      FAILED_OUTCOME_UNKNOWN,
      SENT,
      UNDELIVERED,
      DELIVERED),
  /// A receipt says that it did not arrive.
  FAIL_DELIVERY(
      UNDELIVERED, 0, IN_FLIGHT, RESENDING, UNKNOWN, UNKNOWN_RESENT, FAILED_OUTCOME_UNKNOWN, SENT),
  /// The carrier refused it for good, or the last attempt was in vain.
  FAIL(FAILED, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN),
  /// The carrier refused for good what was handed over once more; an earlier hand-over stays in
  /// doubt.
  REFUSE_RESEND(FAILED_OUTCOME_UNKNOWN, 0, RESENDING),
  /// A transient outcome, surely not taken; another attempt is left. From UNKNOWN when that is
  /// learned late.
  RETRY(QUEUED, 0, IN_FLIGHT, UNKNOWN),
  /// The carrier was too busy, or was never asked: the attempt does not count. From UNKNOWN when
  /// that is learned late.
  GIVE_BACK(QUEUED, -1, IN_FLIGHT, UNKNOWN),
  /// Handed over, and no answer came in time.
  LOSE_ANSWER(UNKNOWN, 0, IN_FLIGHT),
  /// Handed over once more, and no answer came in time.
  LOSE_RESEND(UNKNOWN_RESENT, 0, RESENDING),
  /// Surely not taken when it was handed over once more; the hand-over before stays in doubt.
  RETRY_RESEND(UNKNOWN, 0, RESENDING),
  /// The carrier was too busy for what was to be handed over once more, or was never asked: the
  /// attempt does not count.
  GIVE_RESEND_BACK(UNKNOWN, -1, RESENDING),
  /// Its worker's lease lapsed: whether it was handed over is not known.
  RESCUE(UNKNOWN, 0, IN_FLIGHT),
  /// The same for what was being handed over once more.
  RESCUE_RESEND(UNKNOWN_RESENT, 0, RESENDING),
  /// Nothing settled it in time, or its last attempt was in vain.
  GIVE_UP(FAILED_OUTCOME_UNKNOWN, 0, UNKNOWN, UNKNOWN_RESENT),
  /// Its time ran out while it waited.
  EXPIRE(EXPIRED, 0, QUEUED),
  /// The job was cancelled while it waited.
  CANCEL(CANCELLED, 0, QUEUED),
  /// Its address was suppressed while it waited.
  SUPPRESS(CANCELLED_SUPPRESSED, 0, QUEUED),
  /// Its address was found to be suppressed when it was about to be handed over: the attempt does
  /// not count. From UNKNOWN when that is learned late.
  WITHHOLD(CANCELLED_SUPPRESSED, -1, IN_FLIGHT, UNKNOWN),
  /// The same when it was about to be handed over once more; an earlier hand-over stays in doubt.
  WITHHOLD_RESEND(FAILED_OUTCOME_UNKNOWN, -1, RESENDING),
  /// Its recipient was deleted while it waited.
  FORGET(CANCELLED_DELETED, 0, QUEUED),
  /// The job broke while it waited.
  BREAK(FAILED_SYSTEM_ERROR, 0, QUEUED);

  private final MessageState target;
  private final int attemptChange;
  private final Set<MessageState> sources;
  private final int sourceMask;

  MessageTransition(
      MessageState target, int attemptChange, MessageState first, MessageState... rest) {
    this.target = target;
    this.attemptChange = attemptChange;
    this.sources = Collections.unmodifiableSet(EnumSet.of(first, rest));
    this.sourceMask = sources.stream().mapToInt(state -> 1 << state.code()).sum();
  }

  /// Where it may start.
  public Set<MessageState> sources() {
    return sources;
  }

  /// Where it leads.
  public MessageState target() {
    return target;
  }

  /// What it does to the count of attempts: +1, 0 or -1.
  public int attemptChange() {
    return attemptChange;
  }

  /// What it does to the count of attempts whose answer is lost: +1 when one is lost, -1 when it is
  /// known after all, else 0. What is handed over once more, or given up, stays lost.
  int lostChange(MessageState from) {
    return switch (this) {
      case LOSE_ANSWER, LOSE_RESEND, RESCUE, RESCUE_RESEND -> +1;
      case MARK_AGAIN, GIVE_UP -> 0;
      default -> from.isInDoubt() || from == FAILED_OUTCOME_UNKNOWN ? -1 : 0;
    };
  }

  /// Whether a message in this state may make it.
  public boolean allows(MessageState state) {
    return (sourceMask & 1 << state.code()) != 0;
  }
}
