package dev.carillon.domain.webhook;

import java.time.Instant;

/// Something that happened and is told outward, by webhooks and in the event feed.
public sealed interface OutwardEvent permits JobEvent, MessageEvent, BalanceEvent, EndpointEvent {
  /// What happened.
  EventType type();

  /// When it happened.
  Instant at();
}
