package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.TemplateRepositoryContract;
import dev.carillon.application.port.TemplateRepository;
import java.time.InstantSource;

class InMemoryTemplatesTest extends TemplateRepositoryContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected TemplateRepository templates() {
    return store.templates();
  }
}
