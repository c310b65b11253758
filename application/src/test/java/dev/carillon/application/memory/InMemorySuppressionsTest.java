package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.SuppressionsContract;
import java.time.InstantSource;

class InMemorySuppressionsTest extends SuppressionsContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
