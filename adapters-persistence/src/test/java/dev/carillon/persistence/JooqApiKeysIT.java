package dev.carillon.persistence;

import dev.carillon.application.contract.ApiKeysContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.ApiKeys;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqApiKeysIT extends ApiKeysContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected ApiKeys keys() {
    return database.database().forEngine().apiKeys();
  }
}
