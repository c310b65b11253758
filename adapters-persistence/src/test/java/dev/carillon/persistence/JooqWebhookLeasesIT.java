package dev.carillon.persistence;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookLeasesContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqWebhookLeasesIT extends WebhookLeasesContract {
  @AutoClose private final TestDatabase database = TestDatabase.create();

  @Override
  protected EventPorts newPorts() {
    return database.eventPorts();
  }
}
