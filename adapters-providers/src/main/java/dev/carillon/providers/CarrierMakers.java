package dev.carillon.providers;

import dev.carillon.domain.delivery.CarrierId;
import java.util.Map;

/// Who makes the carriers of each kind.
public final class CarrierMakers {
  private final Map<Class<? extends CarrierConfig>, CarrierMaker<?>> makers;

  /// @param makers by the class of the settings that each of them takes
  public CarrierMakers(Map<Class<? extends CarrierConfig>, CarrierMaker<?>> makers) {
    this.makers = Map.copyOf(makers);
  }

  /// A carrier that is not started yet.
  ///
  /// @param config without problems
  ConnectedCarrier make(CarrierId id, CarrierConfig config) {
    return made(id, config.getClass(), config);
  }

  /// Bound under the class of the settings that it takes, see [CarrierMaker].
  @SuppressWarnings("unchecked")
  private <C extends CarrierConfig> ConnectedCarrier made(
      CarrierId id, Class<? extends CarrierConfig> kind, C config) {
    CarrierMaker<C> maker = (CarrierMaker<C>) makers.get(kind);
    if (maker == null) {
      throw new IllegalStateException("nobody makes carriers of " + kind.getSimpleName());
    }
    return maker.make(id, config);
  }
}
