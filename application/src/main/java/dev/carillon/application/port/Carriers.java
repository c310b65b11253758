package dev.carillon.application.port;

import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import java.util.List;
import java.util.Optional;

/// Knows the carriers of this house.
public interface Carriers {
  /// The carrier that takes most of a channel; empty when none is configured. In TEST always the
  /// simulated one.
  Optional<Carrier> forChannel(Environment environment, Channel channel);

  /// All of them, by name.
  List<Carrier> all();

  /// The carrier of that name; empty when it is not configured (any more).
  Optional<Carrier> byId(CarrierId id);
}
