package dev.carillon.persistence;

import dev.carillon.application.contract.ContactHistoryContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.ContactHistory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqContactHistoryIT extends ContactHistoryContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected ContactHistory history() {
    return database.storesOf(scope()).history();
  }
}
