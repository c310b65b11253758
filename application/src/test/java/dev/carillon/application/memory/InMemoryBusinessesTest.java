package dev.carillon.application.memory;

import dev.carillon.application.contract.BusinessesContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Businesses;
import java.time.InstantSource;

class InMemoryBusinessesTest extends BusinessesContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected Businesses businesses() {
    return store.businesses();
  }
}
