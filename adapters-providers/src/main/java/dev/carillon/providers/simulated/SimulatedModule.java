package dev.carillon.providers.simulated;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConnection;
import java.time.InstantSource;

/// Installs the simulated carrier. Needs a `ReceiptSink` and an `InstantSource`.
public final class SimulatedModule extends AbstractModule {
  private final SimulatedConfig config;

  public SimulatedModule(SimulatedConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), CarrierId.class, Carrier.class)
        .addBinding(SimulatedCarrier.ID)
        .to(SimulatedCarrier.class);
    Multibinder.newSetBinder(binder(), CarrierConnection.class)
        .addBinding()
        .to(SimulatedCarrier.class);
  }

  @Provides
  @Singleton
  SimulatedCarrier carrier(ReceiptSink sink, InstantSource clock) {
    return new SimulatedCarrier(config, sink, clock);
  }
}
