package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.providers.CarrierHouse;
import dev.carillon.providers.CarrierPlan;
import java.time.Duration;

/// The carriers while the service runs.
final class CarriersPart implements Part {
  private final CarrierHouse house;
  private final CarrierPlan plan;

  CarriersPart(CarrierHouse house, CarrierPlan plan) {
    this.house = house;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "the carriers";
  }

  @Override
  public void start() {
    house.start(plan);
  }

  @Override
  public void stop(Duration time) {
    house.close();
  }
}
