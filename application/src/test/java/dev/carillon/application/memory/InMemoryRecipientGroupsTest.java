package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientGroupRepositoryContract;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientRepository;
import java.time.InstantSource;

class InMemoryRecipientGroupsTest extends RecipientGroupRepositoryContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected RecipientGroupRepository groups() {
    return store.groups();
  }

  @Override
  protected RecipientRepository recipients() {
    return store.recipients();
  }
}
