package dev.carillon.application.memory;

import dev.carillon.application.contract.LedgerContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.BusinessId;
import java.time.InstantSource;

class InMemoryLedgerTest extends LedgerContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected void tellBelow(BusinessId business, Money low) {
    store.ledger().setLowMark(business, low);
  }
}
