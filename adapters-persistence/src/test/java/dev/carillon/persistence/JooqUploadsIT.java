package dev.carillon.persistence;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.UploadsContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqUploadsIT extends UploadsContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected int forget(int limit) {
    return database.database().forEngine().retention().forgetUploads(limit);
  }
}
