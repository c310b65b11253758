package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.PricesContract;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.BusinessId;
import java.time.InstantSource;

class InMemoryPricesTest extends PricesContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected void agree(BusinessId business, String currency, RefundPlan plan) {
    store.prices().setCurrency(business, currency);
    store.prices().setPlan(business, plan);
  }
}
