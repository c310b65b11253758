package dev.carillon.domain.webhook;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a message, as it is told outward: without address and text.
///
/// @param clientRef the caller's own reference; empty when there was none, and once the message is
///   erased or not kept any more
/// @param status what it came to
/// @param reason why; null when there is nothing to say
/// @param attempts how often it was handed over by then
/// @param carrier that it was handed to last; empty before
public record MessageEvent(
    MessageId id,
    String clientRef,
    MessageStatus status,
    @Nullable Reason reason,
    int attempts,
    String carrier,
    Instant at)
    implements OutwardEvent {
  @Override
  public EventType type() {
    return EventType.of(status)
        .orElseThrow(() -> new IllegalStateException("nothing is told of " + status));
  }

  @Override
  public String toString() {
    return "MessageEvent[" + id + ", " + status + "]";
  }
}
