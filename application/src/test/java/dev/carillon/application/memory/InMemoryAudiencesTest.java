package dev.carillon.application.memory;

import dev.carillon.application.contract.AudiencesContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientRepository;
import java.time.InstantSource;

class InMemoryAudiencesTest extends AudiencesContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected Audiences audiences() {
    return store.audiences();
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
