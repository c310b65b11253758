package dev.carillon.application.memory;

import dev.carillon.application.contract.NoticeOrderContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.CarrierMessages;
import java.time.InstantSource;

/// Every order there is.
class InMemoryNoticeOrderTest extends NoticeOrderContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected CarrierMessages carrierMessages() {
    return store.carrierMessages();
  }

  @Override
  protected int orders() {
    return 50_000;
  }
}
