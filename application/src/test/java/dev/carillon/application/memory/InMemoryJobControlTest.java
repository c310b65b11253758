package dev.carillon.application.memory;

import dev.carillon.application.contract.JobControlContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryJobControlTest extends JobControlContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
