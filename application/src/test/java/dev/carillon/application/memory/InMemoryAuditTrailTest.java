package dev.carillon.application.memory;

import dev.carillon.application.contract.AuditTrailContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.AuditTrail;
import java.time.InstantSource;

class InMemoryAuditTrailTest extends AuditTrailContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected Ports newPorts() {
    return store.ports();
  }

  @Override
  protected AuditTrail trail() {
    return store.trail();
  }
}
