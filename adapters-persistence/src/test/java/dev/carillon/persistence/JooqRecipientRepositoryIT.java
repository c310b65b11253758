package dev.carillon.persistence;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.RecipientRepositoryContract;
import dev.carillon.application.port.RecipientRepository;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqRecipientRepositoryIT extends RecipientRepositoryContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected RecipientRepository recipients() {
    return database.database().forEngine().recipients();
  }
}
