package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.QuotasContract;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import java.time.InstantSource;
import java.util.List;

class InMemoryQuotasTest extends QuotasContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected List<Node> nodes() {
    Node node = new Node(store, store.quotas());
    return List.of(node, node);
  }

  @Override
  protected void set(BusinessId business, QuotaLimits limits) {
    store.quotas().set(business, limits);
  }
}
