package dev.carillon.providers;

import dev.carillon.application.port.Carrier;
import dev.carillon.providers.callback.Callbacks;
import java.util.Optional;

/// A carrier that is reached over the wire: it is started and closed, and may call back.
public interface ConnectedCarrier extends Carrier, CarrierConnection {
  /// What takes its calls to us; empty when it makes none.
  default Optional<Callbacks> callbacks() {
    return Optional.empty();
  }
}
