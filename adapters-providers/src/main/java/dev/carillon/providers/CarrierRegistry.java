package dev.carillon.providers;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.delivery.RoutingTable;
import dev.carillon.providers.callback.Callbacks;
import dev.carillon.providers.simulated.SimulatedCarrier;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The carriers of the house as they are now, and what leads to them. Messages of the TEST
/// environment go to the simulated carrier and to no other, whatever is configured.
public final class CarrierRegistry implements Carriers {
  private final Carrier simulated;
  private final Map<Channel, ChannelRoutes> test = new EnumMap<>(Channel.class);
  private volatile State state = new State(Map.of(), RoutingTable.EMPTY);

  /// With no other carrier, and nothing that leads anywhere in LIVE.
  ///
  /// @param simulated takes everything in TEST; routes may name it in LIVE
  public CarrierRegistry(SimulatedCarrier simulated) {
    this.simulated = simulated;
    for (Channel channel : Channel.values()) {
      test.put(channel, ChannelRoutes.only(simulated.id(), channel));
    }
  }

  @Override
  public ChannelRoutes routes(Scope scope, Channel channel) {
    return switch (scope.environment()) {
      case TEST -> test.getOrDefault(channel, ChannelRoutes.NONE);
      case LIVE -> state.routes.of(scope.business(), channel);
    };
  }

  @Override
  public List<Carrier> all() {
    return Stream.concat(Stream.of(simulated), state.carriers.values().stream())
        .sorted(Comparator.comparing(carrier -> carrier.id().value()))
        .toList();
  }

  @Override
  public Optional<Carrier> byId(CarrierId id) {
    return id.equals(simulated.id())
        ? Optional.of(simulated)
        : Optional.ofNullable(state.carriers.get(id));
  }

  /// What takes the calls of a carrier; empty when there is no such carrier, or it makes none.
  public Optional<Callbacks> callbacks(CarrierId id) {
    return Optional.ofNullable(state.carriers.get(id))
        .flatMap(carrier -> carrier.inUse().carrier().callbacks());
  }

  /// The carriers besides the simulated one.
  Map<CarrierId, LiveCarrier> live() {
    return state.carriers;
  }

  /// Sets all of it at once.
  void become(Map<CarrierId, LiveCarrier> carriers, RoutingTable routes) {
    state = new State(Map.copyOf(carriers), routes);
  }

  private record State(Map<CarrierId, LiveCarrier> carriers, RoutingTable routes) {}
}
