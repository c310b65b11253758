package dev.carillon.application.memory;

import dev.carillon.application.contract.MessageEventsContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookEndpoints;
import java.time.InstantSource;

class InMemoryMessageEventsTest extends MessageEventsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected Outbox outbox() {
    return store.outbox();
  }

  @Override
  protected EventLog events() {
    return store.events();
  }

  @Override
  protected WebhookEndpoints endpoints() {
    return store.endpoints();
  }

  @Override
  protected WebhookDeliveries deliveries() {
    return store.deliveries();
  }
}
