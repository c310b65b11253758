package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientImportsContract;
import dev.carillon.application.port.RecipientImports;
import java.time.InstantSource;

class InMemoryRecipientImportsTest extends RecipientImportsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected RecipientImports imports() {
    return store.imports();
  }
}
