package dev.carillon.domain.message;

import static dev.carillon.domain.message.MessageState.CANCELLED;
import static dev.carillon.domain.message.MessageState.CANCELLED_SUPPRESSED;
import static dev.carillon.domain.message.MessageState.DELIVERED;
import static dev.carillon.domain.message.MessageState.EXPIRED;
import static dev.carillon.domain.message.MessageState.FAILED;
import static dev.carillon.domain.message.MessageState.FAILED_OUTCOME_UNKNOWN;
import static dev.carillon.domain.message.MessageState.FAILED_SYSTEM_ERROR;
import static dev.carillon.domain.message.MessageState.IN_FLIGHT;
import static dev.carillon.domain.message.MessageState.QUEUED;
import static dev.carillon.domain.message.MessageState.READ;
import static dev.carillon.domain.message.MessageState.SENT;
import static dev.carillon.domain.message.MessageState.UNDELIVERED;
import static dev.carillon.domain.message.MessageState.UNKNOWN;

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
  /// A worker is about to hand it over again after its answer was lost; counts an attempt.
  MARK_AGAIN(IN_FLIGHT, +1, UNKNOWN),
  /// The carrier took it.
  ACCEPT(SENT, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN),
  /// A receipt says that it arrived.
  DELIVER(DELIVERED, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN, SENT, UNDELIVERED),
  /// A receipt says that it was read.
  CONFIRM_READ(READ, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN, SENT, UNDELIVERED, DELIVERED),
  /// A receipt says that it did not arrive.
  FAIL_DELIVERY(UNDELIVERED, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN, SENT),
  /// The carrier refused it for good, or the last attempt was in vain.
  FAIL(FAILED, 0, IN_FLIGHT, UNKNOWN, FAILED_OUTCOME_UNKNOWN),
  /// A transient outcome; another attempt is left.
  RETRY(QUEUED, 0, IN_FLIGHT),
  /// The carrier was too busy, or was never asked: the attempt does not count.
  GIVE_BACK(QUEUED, -1, IN_FLIGHT),
  /// Handed over, and no answer came in time.
  LOSE_ANSWER(UNKNOWN, 0, IN_FLIGHT),
  /// Its worker's lease lapsed: whether it was handed over is not known.
  RESCUE(UNKNOWN, 0, IN_FLIGHT),
  /// Nothing settled it in time.
  GIVE_UP(FAILED_OUTCOME_UNKNOWN, 0, UNKNOWN),
  /// Its time ran out while it waited.
  EXPIRE(EXPIRED, 0, QUEUED),
  /// The job was cancelled while it waited.
  CANCEL(CANCELLED, 0, QUEUED),
  /// Its address was suppressed while it waited.
  SUPPRESS(CANCELLED_SUPPRESSED, 0, QUEUED),
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

  /// Whether a message in this state may make it.
  public boolean allows(MessageState state) {
    return (sourceMask & 1 << state.code()) != 0;
  }
}
