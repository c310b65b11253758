package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.providers.CarrierConnections;
import java.time.Duration;

/// The connections to carriers while the service runs.
final class CarriersPart implements Part {
  private final CarrierConnections connections;

  CarriersPart(CarrierConnections connections) {
    this.connections = connections;
  }

  @Override
  public String name() {
    return "the carriers";
  }

  @Override
  public void start() {
    connections.start();
  }

  @Override
  public void stop(Duration time) {
    connections.close();
  }
}
