package dev.carillon.domain.webhook;

import dev.carillon.domain.job.JobTransition;
import java.util.Optional;

/// What is told outward about a job or a balance. Names are part of the API.
public enum EventType {
  BULK_STARTED("bulk.started"),
  BULK_PAUSED("bulk.paused"),
  BULK_COMPLETED("bulk.completed"),
  BULK_FAILED("bulk.failed"),
  BULK_CANCELLED("bulk.cancelled"),
  BULK_SETTLED("bulk.settled"),
  BALANCE_LOW("balance.low");

  private final String label;

  EventType(String label) {
    this.label = label;
  }

  /// Its name outward.
  public String label() {
    return label;
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
