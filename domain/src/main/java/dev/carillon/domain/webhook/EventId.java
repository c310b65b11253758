package dev.carillon.domain.webhook;

import java.util.UUID;

/// The public id of an event, the same however often it is told: receivers know repeats by it.
public record EventId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
