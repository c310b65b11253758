package dev.carillon.domain.message;

import dev.carillon.domain.delivery.Reason;
import org.jspecify.annotations.Nullable;

/// What is stored about a message: the low five bits of its byte in the chunk. Finer than
/// [MessageStatus]: it knows the mark before the wire and the reasons that no attempt tells. Codes
/// are stored and never reused.
public enum MessageState {
  /// Waiting for its first or another attempt. A worker's mark moves it on.
  QUEUED(0, MessageStatus.QUEUED, null),
  /// Marked before the wire. The carrier's answer, a receipt or a rescue moves it on.
  IN_FLIGHT(1, MessageStatus.QUEUED, null),
  /// A carrier took it. A receipt moves it on.
  SENT(2, MessageStatus.SENT, null),
  /// Arrived. Only a read receipt moves it on.
  DELIVERED(3, MessageStatus.DELIVERED, null),
  /// Read. Nothing moves it.
  READ(4, MessageStatus.READ, null),
  /// Taken, then a receipt said no. Only better evidence moves it.
  UNDELIVERED(5, MessageStatus.UNDELIVERED, null),
  /// Refused for good or attempts used up; the last attempt has the reason. Nothing moves it.
  FAILED(6, MessageStatus.FAILED, null),
  /// Given up after its answer was lost. Late evidence moves it.
  FAILED_OUTCOME_UNKNOWN(7, MessageStatus.FAILED, Reason.OUTCOME_UNKNOWN),
  /// Unsent when a critical error ended the job. Nothing moves it.
  FAILED_SYSTEM_ERROR(8, MessageStatus.FAILED, Reason.SYSTEM_ERROR),
  /// Its time ran out before hand-over. Nothing moves it.
  EXPIRED(9, MessageStatus.EXPIRED, Reason.EXPIRED),
  /// Cancelled before hand-over. Nothing moves it.
  CANCELLED(10, MessageStatus.CANCELLED, Reason.CANCELLED),
  /// Its address was suppressed between acceptance and hand-over. Nothing moves it.
  CANCELLED_SUPPRESSED(11, MessageStatus.CANCELLED, Reason.SUPPRESSED),
  /// Handed over, the answer lost. Evidence or the job's unknown policy moves it.
  UNKNOWN(12, MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN),
  /// Left out: bad address or content; its row has the reason. Nothing moves it.
  REJECTED_INVALID(13, MessageStatus.REJECTED, null),
  /// Left out: same as an earlier entry. Nothing moves it.
  REJECTED_DUPLICATE(14, MessageStatus.REJECTED, Reason.DUPLICATE),
  /// Left out: on the suppression list. Nothing moves it.
  REJECTED_SUPPRESSED(15, MessageStatus.REJECTED, Reason.SUPPRESSED),
  /// Left out: no address for the channel. Nothing moves it.
  REJECTED_NO_ADDRESS(16, MessageStatus.REJECTED, Reason.NO_ADDRESS),
  /// Its answer was lost, and it is being handed over once more because the job says so. The
  /// carrier's answer, a receipt or a rescue moves it on.
  RESENDING(17, MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN),
  /// Handed over twice without a sure answer: it is not handed over again, and an answer that says
  /// no to one attempt says nothing about the other. Evidence that it was taken, or giving up,
  /// moves it.
  UNKNOWN_RESENT(18, MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN),
  /// Its recipient was deleted before hand-over. Nothing moves it.
  CANCELLED_DELETED(19, MessageStatus.CANCELLED, Reason.RECIPIENT_DELETED);

  private static final MessageState[] BY_CODE = values();

  private final int code;
  private final MessageStatus status;
  private final @Nullable Reason reason;

  MessageState(int code, MessageStatus status, @Nullable Reason reason) {
    this.code = code;
    this.status = status;
    this.reason = reason;
  }

  /// The stored number, 0 to 31.
  public int code() {
    return code;
  }

  /// The state of a stored number.
  public static MessageState of(int code) {
    return BY_CODE[code];
  }

  /// The state of an entry that is left out for this reason.
  public static MessageState rejectedFor(Reason reason) {
    return switch (reason) {
      case DUPLICATE -> REJECTED_DUPLICATE;
      case SUPPRESSED, EXCLUDED, FREQUENCY_CAPPED -> REJECTED_SUPPRESSED;
      case NO_ADDRESS -> REJECTED_NO_ADDRESS;
      default -> REJECTED_INVALID;
    };
  }

  /// What callers see; what waits is PENDING until the job has started.
  public MessageStatus status(boolean jobHasStarted) {
    return status == MessageStatus.QUEUED && !jobHasStarted ? MessageStatus.PENDING : status;
  }

  /// The reason that the state itself tells; null when there is none, or the attempt or row has it.
  public @Nullable Reason reason() {
    return reason;
  }

  /// Whether the message was accepted, not left out.
  public boolean isAccepted() {
    return status != MessageStatus.REJECTED;
  }

  /// Whether it is marked before the wire: what may be at a carrier without an answer.
  public boolean isMarked() {
    return this == IN_FLIGHT || this == RESENDING;
  }

  /// Whether it was handed over and what came of it is not known, and nobody is at it.
  public boolean isInDoubt() {
    return this == UNKNOWN || this == UNKNOWN_RESENT;
  }

  /// Whether it keeps its chunk open: something still has to be handed over or answered.
  ///
  /// @param resends whether what is in doubt is handed over once more
  public boolean keepsChunkOpen(boolean resends) {
    return this == QUEUED || isMarked() || (resends && this == UNKNOWN);
  }
}
