package dev.carillon.domain.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to an endpoint, as it is told outward.
///
/// @param reason why it was switched off; null when it was not
public record EndpointEvent(
    EventType type, EndpointId endpoint, @Nullable DisableReason reason, Instant at)
    implements OutwardEvent {
  /// Its owner wants to see whether it works.
  public static EndpointEvent test(EndpointId endpoint, Instant at) {
    return new EndpointEvent(EventType.WEBHOOK_TEST, endpoint, null, at);
  }

  /// It was switched off by the house.
  public static EndpointEvent disabled(EndpointId endpoint, DisableReason reason, Instant at) {
    return new EndpointEvent(EventType.WEBHOOK_DISABLED, endpoint, reason, at);
  }
}
