package dev.carillon.application.memory;

import dev.carillon.application.contract.ChunkQueueContract;
import dev.carillon.application.contract.Ports;
import java.time.InstantSource;

class InMemoryChunkQueueTest extends ChunkQueueContract {
  @Override
  protected Ports newPorts() {
    return new InMemoryStore(InstantSource.system()).ports();
  }
}
