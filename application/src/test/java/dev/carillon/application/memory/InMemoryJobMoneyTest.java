package dev.carillon.application.memory;

import dev.carillon.application.contract.JobMoneyContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryJobMoneyTest extends JobMoneyContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }
}
