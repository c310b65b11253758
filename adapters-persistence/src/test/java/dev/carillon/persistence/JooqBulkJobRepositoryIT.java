package dev.carillon.persistence;

import dev.carillon.application.contract.BulkJobRepositoryContract;
import dev.carillon.application.contract.Ports;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqBulkJobRepositoryIT extends BulkJobRepositoryContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }
}
