package dev.carillon.application.billing;

import dev.carillon.application.port.Ledger;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.business.Caller;

/// Shows what the caller's business has in the caller's environment.
public final class GetBalance {
  private final Ledger ledger;
  private final BillingSettings settings;

  public GetBalance(Ledger ledger, BillingSettings settings) {
    this.ledger = ledger;
    this.settings = settings;
  }

  /// The balance; where nothing was ever booked, what its books would begin with.
  public Balance handle(Query query) {
    Caller caller = query.caller();
    return ledger
        .balance(caller.scope())
        .orElseGet(() -> settings.firstBalance(caller.scope(), caller.currency()));
  }

  /// Whose balance: the caller's.
  public record Query(Caller caller) {}
}
