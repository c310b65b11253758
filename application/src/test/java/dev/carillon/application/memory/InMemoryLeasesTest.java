package dev.carillon.application.memory;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookLeasesContract;
import java.time.InstantSource;

class InMemoryLeasesTest extends WebhookLeasesContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected EventPorts newPorts() {
    return store.eventPorts();
  }
}
