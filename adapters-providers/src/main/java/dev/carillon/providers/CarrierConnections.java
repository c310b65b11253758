package dev.carillon.providers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// All connections to carriers, started in order and closed in reverse. To be closed after the
/// workers have stopped and before the store.
public final class CarrierConnections implements AutoCloseable {
  private final List<CarrierConnection> connections;
  private final Deque<CarrierConnection> started = new ArrayDeque<>();

  /// The connections, in the order in which they are started.
  public CarrierConnections(Set<CarrierConnection> connections) {
    this.connections = List.copyOf(connections);
  }

  /// Starts all. When one cannot be started, those before it are closed again.
  public synchronized void start() {
    try {
      for (CarrierConnection connection : connections) {
        connection.start();
        started.push(connection);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
