package dev.carillon.application.memory;

import dev.carillon.application.contract.ContactHistoryContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.ContactHistory;
import java.time.InstantSource;

class InMemoryContactHistoryTest extends ContactHistoryContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected ContactHistory history() {
    return store.history();
  }
}
