package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.SuppressionsContract;
import dev.carillon.application.port.Erasures;
import java.time.InstantSource;

class InMemorySuppressionsTest extends SuppressionsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected Erasures erasures() {
    return store.erasures();
  }
}
