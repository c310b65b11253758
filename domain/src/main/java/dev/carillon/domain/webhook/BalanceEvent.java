package dev.carillon.domain.webhook;

import dev.carillon.domain.billing.Money;
import java.time.Instant;

/// Something that happened to a balance, as it is told outward.
///
/// @param available what is left
/// @param low what its owner wanted to be told below of
public record BalanceEvent(EventType type, Money available, Money low, Instant at)
    implements OutwardEvent {
  /// The balance has fallen below what its owner wants to have.
  public static BalanceEvent low(Money available, Money low, Instant at) {
    return new BalanceEvent(EventType.BALANCE_LOW, available, low, at);
  }
}
