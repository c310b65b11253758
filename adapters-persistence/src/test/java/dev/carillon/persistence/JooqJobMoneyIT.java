package dev.carillon.persistence;

import dev.carillon.application.contract.JobMoneyContract;
import dev.carillon.application.contract.Ports;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqJobMoneyIT extends JobMoneyContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }
}
