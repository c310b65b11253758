package dev.carillon.application.memory;

import dev.carillon.application.contract.DeliveryLogContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryDeliveryLogTest extends DeliveryLogContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
