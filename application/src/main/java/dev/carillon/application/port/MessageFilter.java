package dev.carillon.application.port;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.message.MessageStatus;
import java.util.Set;

/// Which messages of a job. An empty set or text bounds nothing.
public record MessageFilter(Set<MessageStatus> statuses, Set<Reason> reasons, String clientRef) {
  /// All messages.
  public static final MessageFilter ALL = new MessageFilter(Set.of(), Set.of(), "");
}
