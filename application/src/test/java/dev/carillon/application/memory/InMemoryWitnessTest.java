package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.StoreWitnessContract;
import dev.carillon.application.port.StoreWitness;
import java.time.InstantSource;

class InMemoryWitnessTest extends StoreWitnessContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected StoreWitness witness() {
    return store.witness();
  }
}
