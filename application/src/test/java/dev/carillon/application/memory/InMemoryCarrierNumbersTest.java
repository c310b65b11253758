package dev.carillon.application.memory;

import dev.carillon.application.contract.CarrierNumbersContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryCarrierNumbersTest extends CarrierNumbersContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
