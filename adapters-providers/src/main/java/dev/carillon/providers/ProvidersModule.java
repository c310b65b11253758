package dev.carillon.providers;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.Numbering;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.numbering.LibPhoneNumbering;
import dev.carillon.providers.simulated.SimulatedCarrier;
import dev.carillon.providers.simulated.SimulatedConfig;
import dev.carillon.providers.simulated.SimulatedModule;
import java.time.Duration;
import java.util.Map;

/// Binds [Carriers], [Numbering], [CarrierHouse] and [CarrierHttp.Source]. Needs a `ReceiptSink`,
/// [CarrierNumbers] and an `InstantSource` from outside, and for every kind of carrier a module
/// that binds its [CarrierMaker] under the class of its settings. Opens nothing.
public final class ProvidersModule extends AbstractModule {
  private final SimulatedConfig simulated;
  private final Duration drain;

  /// @param drain how long a carrier that is replaced or gone may take to answer
  public ProvidersModule(SimulatedConfig simulated, Duration drain) {
    this.simulated = simulated;
    this.drain = drain;
  }

  @Override
  protected void configure() {
    install(new SimulatedModule(simulated));
    MapBinder.newMapBinder(
        binder(),
        new TypeLiteral<Class<? extends CarrierConfig>>() {},
        new TypeLiteral<CarrierMaker<?>>() {});
    bind(Carriers.class).to(CarrierRegistry.class);
  }

  @Provides
  @Singleton
  CarrierRegistry registry(SimulatedCarrier carrier) {
    return new CarrierRegistry(carrier);
  }

  @Provides
  @Singleton
  CarrierHouse house(
      SimulatedCarrier carrier,
      CarrierRegistry registry,
      CarrierNumbers numbers,
      Map<Class<? extends CarrierConfig>, CarrierMaker<?>> makers) {
    return new CarrierHouse(carrier, new CarrierMakers(makers), registry, numbers, drain);
  }

  @Provides
  @Singleton
  CarrierHttp.Source http() {
    return ApacheCarrierHttp::new;
  }

  @Provides
  @Singleton
  Numbering numbering() {
    return new LibPhoneNumbering();
  }
}
