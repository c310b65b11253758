package dev.carillon.persistence;

import dev.carillon.application.contract.NoticeOrderContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.CarrierMessages;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Some orders of each case, drawn anew each time.
@TestInstance(Lifecycle.PER_CLASS)
class NoticeOrderIT extends NoticeOrderContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected CarrierMessages carrierMessages() {
    return database.database().forEngine().carrierMessages();
  }

  @Override
  protected int orders() {
    return 40;
  }
}
