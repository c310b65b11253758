package dev.carillon.domain.billing;

import java.util.List;

/// What a job costs: the lines that its messages have, and what all of them come to.
///
/// @param lines by their numbers
/// @param total of all accepted messages
public record Bill(String currency, List<BillLine> lines, RefundPlan plan, Money total) {
  /// Of a job that costs nothing.
  public static Bill free(String currency) {
    return new Bill(currency, List.of(), RefundPlan.DEFAULT, Money.zero(currency));
  }

  /// The same lines, of which messages with another total have some.
  public Bill of(Money otherTotal) {
    return new Bill(currency, lines, plan, otherTotal);
  }

  public Bill {
    lines = List.copyOf(lines);
  }
}
