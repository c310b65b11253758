package dev.carillon.application.memory;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookEndpointsContract;
import java.time.InstantSource;

class InMemoryEndpointsTest extends WebhookEndpointsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected EventPorts newPorts() {
    return store.eventPorts();
  }
}
