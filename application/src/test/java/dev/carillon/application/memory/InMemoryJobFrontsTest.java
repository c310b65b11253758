package dev.carillon.application.memory;

import dev.carillon.application.contract.JobFrontsContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.JobFronts;
import dev.carillon.application.port.StoreWitness;
import java.time.InstantSource;

class InMemoryJobFrontsTest extends JobFrontsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected JobFronts fronts() {
    return store.fronts();
  }

  @Override
  protected StoreWitness witness() {
    return store.witness();
  }

  @Override
  protected Businesses businesses() {
    return store.businesses();
  }
}
