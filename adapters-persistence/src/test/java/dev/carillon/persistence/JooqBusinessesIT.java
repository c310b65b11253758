package dev.carillon.persistence;

import dev.carillon.application.contract.BusinessesContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.Businesses;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqBusinessesIT extends BusinessesContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected Businesses businesses() {
    return database.database().forEngine().businesses();
  }
}
