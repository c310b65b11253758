package dev.carillon.application.memory;

import dev.carillon.application.contract.DeliveryLogContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.StoredJob;
import java.time.InstantSource;

class InMemoryDeliveryLogTest extends DeliveryLogContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected int receiptsOf(StoredJob job, int position) {
    return store.log().receipts(job.id(), position).size();
  }
}
