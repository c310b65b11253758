package dev.carillon.application.memory;

import dev.carillon.application.contract.BulkJobRepositoryContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryBulkJobsTest extends BulkJobRepositoryContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
