package dev.carillon.providers;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RoutingTable;
import java.util.Map;

/// Which carriers the house is to have, and what leads to them.
///
/// @param carriers without problems; the simulated one is not among them, for it is always there
/// @param routes name no other carriers than these and the simulated one
public record CarrierPlan(Map<CarrierId, CarrierConfig> carriers, RoutingTable routes) {
  /// None, and nothing leads anywhere.
  public static final CarrierPlan EMPTY = new CarrierPlan(Map.of(), RoutingTable.EMPTY);

  public CarrierPlan {
    carriers = Map.copyOf(carriers);
  }
}
