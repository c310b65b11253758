package dev.carillon.providers.simulated;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.port.ReceiptSink;
import java.time.InstantSource;

/// Installs the simulated carrier. Needs a `ReceiptSink` and an `InstantSource`.
public final class SimulatedModule extends AbstractModule {
  private final SimulatedConfig config;

  public SimulatedModule(SimulatedConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  SimulatedCarrier carrier(ReceiptSink sink, InstantSource clock) {
    return new SimulatedCarrier(config, sink, clock);
  }
}
