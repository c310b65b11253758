package dev.carillon.application.memory;

import dev.carillon.application.contract.ProgressFeedContract;
import dev.carillon.application.port.ProgressFeed;
import java.util.List;

class InMemoryProgressFeedTest extends ProgressFeedContract {
  @Override
  protected List<ProgressFeed> nodes() {
    return List.of(new InMemoryProgressFeed());
  }
}
