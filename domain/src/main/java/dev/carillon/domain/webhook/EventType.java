package dev.carillon.domain.webhook;

import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageStatus;
import java.util.Arrays;
import java.util.Optional;

/// What is told outward about a job, a message, a balance or an endpoint. Names are part of the
/// API.
public enum EventType {
  BULK_STARTED("bulk.started"),
  BULK_PAUSED("bulk.paused"),
  BULK_COMPLETED("bulk.completed"),
  BULK_FAILED("bulk.failed"),
  BULK_CANCELLED("bulk.cancelled"),
  BULK_SETTLED("bulk.settled"),
  MESSAGE_SENT("message.sent"),
  MESSAGE_DELIVERED("message.delivered"),
  MESSAGE_READ("message.read"),
  MESSAGE_UNDELIVERED("message.undelivered"),
  MESSAGE_FAILED("message.failed"),
  MESSAGE_EXPIRED("message.expired"),
  MESSAGE_CANCELLED("message.cancelled"),
  MESSAGE_UNKNOWN("message.unknown"),
  BALANCE_LOW("balance.low"),
  WEBHOOK_TEST("webhook.test"),
  WEBHOOK_DISABLED("webhook.disabled");

  private final String label;

  EventType(String label) {
    this.label = label;
  }

  /// Its name outward.
  public String label() {
    return label;
  }

  /// The type of that name; empty when there is none.
  public static Optional<EventType> ofLabel(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }

  /// Whether endpoints choose to hear of it. A test is for the endpoint alone that is tested.
  public boolean isForSubscribers() {
    return this != WEBHOOK_TEST;
  }

  /// Whether it is about a message: such are told only of jobs that ask for them, and to endpoints
  /// that name them.
  public boolean isOfMessage() {
    return messageStatus().isPresent();
  }

  /// The status of a message that it tells of; empty when it is not about a message.
  public Optional<MessageStatus> messageStatus() {
    return switch (this) {
      case MESSAGE_SENT -> Optional.of(MessageStatus.SENT);
      case MESSAGE_DELIVERED -> Optional.of(MessageStatus.DELIVERED);
      case MESSAGE_READ -> Optional.of(MessageStatus.READ);
      case MESSAGE_UNDELIVERED -> Optional.of(MessageStatus.UNDELIVERED);
      case MESSAGE_FAILED -> Optional.of(MessageStatus.FAILED);
      case MESSAGE_EXPIRED -> Optional.of(MessageStatus.EXPIRED);
      case MESSAGE_CANCELLED -> Optional.of(MessageStatus.CANCELLED);
      case MESSAGE_UNKNOWN -> Optional.of(MessageStatus.UNKNOWN);
      case BULK_STARTED,
          BULK_PAUSED,
          BULK_COMPLETED,
          BULK_FAILED,
          BULK_CANCELLED,
          BULK_SETTLED,
          BALANCE_LOW,
          WEBHOOK_TEST,
          WEBHOOK_DISABLED ->
          Optional.empty();
    };
  }

  /// The event that tells of a message's status; empty when none does.
  public static Optional<EventType> of(MessageStatus status) {
    return switch (status) {
      case SENT -> Optional.of(MESSAGE_SENT);
      case DELIVERED -> Optional.of(MESSAGE_DELIVERED);
      case READ -> Optional.of(MESSAGE_READ);
      case UNDELIVERED -> Optional.of(MESSAGE_UNDELIVERED);
      case FAILED -> Optional.of(MESSAGE_FAILED);
      case EXPIRED -> Optional.of(MESSAGE_EXPIRED);
      case CANCELLED -> Optional.of(MESSAGE_CANCELLED);
      case UNKNOWN -> Optional.of(MESSAGE_UNKNOWN);
      case PENDING, QUEUED, REJECTED -> Optional.empty();
    };
  }

  /// The event that a move of a job causes, if any; PARTIAL is told as bulk.completed.
  public static Optional<EventType> of(JobTransition transition) {
    return switch (transition) {
      case BEGIN -> Optional.of(BULK_STARTED);
      case PAUSE -> Optional.of(BULK_PAUSED);
      case END_COMPLETED, END_PARTIAL -> Optional.of(BULK_COMPLETED);
      case END_FAILED -> Optional.of(BULK_FAILED);
      case END_CANCELLED -> Optional.of(BULK_CANCELLED);
      case SUBMIT,
          SCHEDULE,
          FALL_DUE,
          RESUME,
          RESUME_TO_PENDING,
          RESUME_TO_SCHEDULED,
          CANCEL,
          ABANDON,
          CORRECT_TO_COMPLETED,
          CORRECT_TO_FAILED ->
          Optional.empty();
    };
  }
}
