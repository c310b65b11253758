package dev.carillon.application.port;

import dev.carillon.domain.delivery.CarrierId;
import java.util.Optional;

/// The small numbers by which chunks remember which carrier a message was marked for. Given once,
/// the same on all nodes, never given to another carrier.
public interface CarrierNumbers {
  /// The number of a carrier, 1 to 255; given to it when it has none yet. Throws an
  /// IllegalStateException when all are given away.
  int of(CarrierId carrier);

  /// The carrier with that number; empty when it was given to none.
  Optional<CarrierId> named(int number);
}
