package dev.carillon.application.memory;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.TransactionsContract;
import java.time.InstantSource;

class InMemoryStoreTest extends TransactionsContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
