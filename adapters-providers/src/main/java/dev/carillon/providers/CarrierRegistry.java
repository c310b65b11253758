package dev.carillon.providers;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configured carriers. Messages of the TEST environment go to the simulated carrier and to no
/// other, whatever is configured.
public final class CarrierRegistry implements Carriers {
  private final Carrier simulated;
  private final Map<CarrierId, Carrier> carriers;
  private final Map<Channel, CarrierId> live;

  /// @param simulated takes everything in TEST
  /// @param carriers all of them, by name
  /// @param live which of them takes most of a channel in LIVE; each is among them and serves it
  public CarrierRegistry(
      Carrier simulated, Map<CarrierId, Carrier> carriers, Map<Channel, CarrierId> live) {
    live.forEach((channel, id) -> requireServed(channel, id, carriers));
    this.simulated = simulated;
    this.carriers = Map.copyOf(carriers);
    this.live = Map.copyOf(live);
  }

  @Override
  public Optional<Carrier> forChannel(Environment environment, Channel channel) {
    return switch (environment) {
      case TEST -> Optional.of(simulated);
      case LIVE -> Optional.ofNullable(live.get(channel)).flatMap(this::byId);
    };
  }

  @Override
  public List<Carrier> all() {
    return carriers.values().stream()
        .sorted(Comparator.comparing(carrier -> carrier.id().value()))
        .toList();
  }

  @Override
  public Optional<Carrier> byId(CarrierId id) {
    return Optional.ofNullable(carriers.get(id));
  }

  private static void requireServed(
      Channel channel, CarrierId id, Map<CarrierId, Carrier> carriers) {
    Carrier carrier = carriers.get(id);
    if (carrier == null || !carrier.channels().contains(channel)) {
      throw new IllegalArgumentException("carrier " + id + " does not serve " + channel);
    }
  }
}
