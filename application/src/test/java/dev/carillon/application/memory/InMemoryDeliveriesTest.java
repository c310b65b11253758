package dev.carillon.application.memory;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookDeliveriesContract;
import java.time.InstantSource;

class InMemoryDeliveriesTest extends WebhookDeliveriesContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected EventPorts newPorts() {
    return store.eventPorts();
  }
}
