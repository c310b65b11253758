package dev.carillon.persistence;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.StatusMachineContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqStatusMachineIT extends StatusMachineContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }
}
