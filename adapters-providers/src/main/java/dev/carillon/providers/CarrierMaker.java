package dev.carillon.providers;

import dev.carillon.domain.delivery.CarrierId;

/// Makes carriers of one kind. Bound by the module of that kind under the class of its settings, so
/// that carriers can come and go while the house runs.
public interface CarrierMaker<C extends CarrierConfig> {
  /// A carrier that is not started yet.
  ///
  /// @param config without problems
  ConnectedCarrier make(CarrierId id, C config);
}
