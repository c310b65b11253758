package dev.carillon.application.memory;

import dev.carillon.application.contract.IdempotencyKeysContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
