package dev.carillon.application.memory;

import dev.carillon.application.contract.LeadershipContract;
import dev.carillon.application.port.Leadership;
import java.time.InstantSource;

class InMemoryLeadershipTest extends LeadershipContract {
  private final Leadership leadership = new InMemoryLeadership(InstantSource.system());

  @Override
  protected Leadership leadership() {
    return leadership;
  }
}
