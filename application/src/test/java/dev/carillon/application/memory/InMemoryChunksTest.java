package dev.carillon.application.memory;

import dev.carillon.application.contract.ChunkRepositoryContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryChunksTest extends ChunkRepositoryContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
