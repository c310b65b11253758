package dev.carillon.persistence;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientGroupRepositoryContract;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientRepository;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqRecipientGroupRepositoryIT extends RecipientGroupRepositoryContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();
  private final Stores stores = database.database().forEngine();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected RecipientGroupRepository groups() {
    return stores.groups();
  }

  @Override
  protected RecipientRepository recipients() {
    return stores.recipients();
  }
}
