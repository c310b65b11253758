package dev.carillon.domain.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The delivery of one event to one endpoint.
///
/// @param state how it stands
/// @param attempts begun so far
/// @param nextDue when it is tried next, at the earliest; null when it is over
/// @param doneAt when it was over; null while it is not
/// @param made the last attempts whose end is known, the first one first
public record Delivery(
    StoredEvent event,
    DeliveryState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextDue,
    @Nullable Instant doneAt,
    List<DeliveryAttempt> made) {
  /// Most attempts of a delivery that are shown.
  public static final int MOST_ATTEMPTS_SHOWN = 20;

  public Delivery {
    made = List.copyOf(made);
  }
}
