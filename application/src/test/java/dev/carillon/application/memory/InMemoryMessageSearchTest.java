package dev.carillon.application.memory;

import dev.carillon.application.contract.MessageSearchContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryMessageSearchTest extends MessageSearchContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
