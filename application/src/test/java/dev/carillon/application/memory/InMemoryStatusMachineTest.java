package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.StatusMachineContract;
import java.time.InstantSource;

class InMemoryStatusMachineTest extends StatusMachineContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
