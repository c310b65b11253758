package dev.carillon.providers;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.Numbering;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.numbering.LibPhoneNumbering;
import dev.carillon.providers.simulated.SimulatedCarrier;
import dev.carillon.providers.simulated.SimulatedConfig;
import dev.carillon.providers.simulated.SimulatedModule;
import java.util.Map;
import java.util.Set;

/// Binds [Carriers], [Numbering] and [CarrierConnections]. Needs a `ReceiptSink` and an
/// `InstantSource` from outside. Opens nothing.
public final class ProvidersModule extends AbstractModule {
  private final SimulatedConfig simulated;

  public ProvidersModule(SimulatedConfig simulated) {
    this.simulated = simulated;
  }

  @Override
  protected void configure() {
    install(new SimulatedModule(simulated));
  }

  @Provides
  @Singleton
  Carriers carriers(SimulatedCarrier simulated, Map<CarrierId, Carrier> carriers) {
    return new CarrierRegistry(simulated, carriers, Map.of());
  }

  @Provides
  @Singleton
  Numbering numbering() {
    return new LibPhoneNumbering();
  }

  @Provides
  @Singleton
  CarrierConnections connections(Set<CarrierConnection> connections) {
    return new CarrierConnections(connections);
  }
}
