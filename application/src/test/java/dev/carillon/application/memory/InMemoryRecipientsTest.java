package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientRepositoryContract;
import dev.carillon.application.port.RecipientRepository;
import java.time.InstantSource;

class InMemoryRecipientsTest extends RecipientRepositoryContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected RecipientRepository recipients() {
    return store.recipients();
  }
}
