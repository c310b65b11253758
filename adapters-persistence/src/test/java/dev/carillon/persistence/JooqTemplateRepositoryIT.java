package dev.carillon.persistence;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.TemplateRepositoryContract;
import dev.carillon.application.port.TemplateRepository;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqTemplateRepositoryIT extends TemplateRepositoryContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected TemplateRepository templates() {
    return database.database().forEngine().templates();
  }
}
