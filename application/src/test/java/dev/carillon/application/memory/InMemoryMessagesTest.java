package dev.carillon.application.memory;

import dev.carillon.application.contract.MessageRepositoryContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryMessagesTest extends MessageRepositoryContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
