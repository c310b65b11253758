package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.UploadsContract;
import java.time.InstantSource;

class InMemoryUploadsTest extends UploadsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected int forget(int limit) {
    return store.uploads().forget(limit);
  }
}
