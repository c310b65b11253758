package dev.carillon.domain.message;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Which statuses of its messages a job's owner wants to be told of, each as a message comes to it.
/// What was left out at acceptance was told by the answer, and what still waits is no news.
///
/// @param bits as they are stored, one for each status; never reused
public record ToldStatuses(int bits) {
  /// None: as long as nobody asks.
  public static final ToldStatuses NONE = new ToldStatuses(0);

  /// All that can be told of.
  public static final ToldStatuses ALL = of(EnumSet.allOf(MessageStatus.class));

  /// Those of these statuses that can be told of.
  public static ToldStatuses of(Collection<MessageStatus> statuses) {
    return new ToldStatuses(
        statuses.stream().mapToInt(ToldStatuses::bit).reduce(0, (one, other) -> one | other));
  }

  /// Whether nothing is told.
  public boolean isEmpty() {
    return bits == 0;
  }

  /// Whether it is told that a message came to this status.
  public boolean contains(MessageStatus status) {
    return (bits & bit(status)) != 0;
  }

  /// Together with another status, if that can be told of.
  public ToldStatuses with(MessageStatus status) {
    return new ToldStatuses(bits | bit(status));
  }

  /// The statuses.
  public Set<MessageStatus> statuses() {
    EnumSet<MessageStatus> statuses = EnumSet.noneOf(MessageStatus.class);
    for (MessageStatus status : MessageStatus.values()) {
      if (contains(status)) {
        statuses.add(status);
      }
    }
    return Collections.unmodifiableSet(statuses);
  }

  private static int bit(MessageStatus status) {
    return switch (status) {
      case SENT -> 1;
      case DELIVERED -> 1 << 1;
      case READ -> 1 << 2;
      case UNDELIVERED -> 1 << 3;
      case FAILED -> 1 << 4;
      case EXPIRED -> 1 << 5;
      case CANCELLED -> 1 << 6;
      case UNKNOWN -> 1 << 7;
      case PENDING, QUEUED, REJECTED -> 0;
    };
  }
}
