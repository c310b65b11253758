package dev.carillon.application.memory;

import dev.carillon.application.contract.PermitsContract;
import dev.carillon.application.port.Permits;
import java.time.InstantSource;
import java.util.List;

class InMemoryPermitsTest extends PermitsContract {
  private final Permits permits = new InMemoryPermits(InstantSource.system());

  @Override
  protected List<Permits> nodes() {
    return List.of(permits, permits);
  }
}
