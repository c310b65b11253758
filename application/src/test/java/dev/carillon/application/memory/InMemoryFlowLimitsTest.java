package dev.carillon.application.memory;

import dev.carillon.application.contract.FlowLimitsContract;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.domain.business.Scope;
import java.time.InstantSource;

class InMemoryFlowLimitsTest extends FlowLimitsContract {
  private final InMemoryStore store = new InMemoryStore(InstantSource.system());

  @Override
  protected FlowLimits limits() {
    return store.limits();
  }

  @Override
  protected Scope newScope() {
    return store.newScope();
  }
}
