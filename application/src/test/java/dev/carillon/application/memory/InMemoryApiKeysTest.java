package dev.carillon.application.memory;

import dev.carillon.application.contract.ApiKeysContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.ApiKeys;
import java.time.InstantSource;

class InMemoryApiKeysTest extends ApiKeysContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected ApiKeys keys() {
    return store.apiKeys();
  }
}
