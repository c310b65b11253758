package dev.carillon.application.memory;

import dev.carillon.application.contract.EventLogContract;
import dev.carillon.application.contract.EventPorts;
import java.time.InstantSource;

class InMemoryEventsTest extends EventLogContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected EventPorts newPorts() {
    return store.eventPorts();
  }

  /// Parts are single events here.
  @Override
  protected void fillPart() {}
}
