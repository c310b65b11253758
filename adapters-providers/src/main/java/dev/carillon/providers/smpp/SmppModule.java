package dev.carillon.providers.smpp;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.carillon.application.port.BindSlots;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Installs the maker of SMPP carriers. Needs a [NoticeSink], [BindSlots] and an `InstantSource`.
public final class SmppModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(
            binder(),
            new TypeLiteral<Class<? extends CarrierConfig>>() {},
            new TypeLiteral<CarrierMaker<?>>() {})
        .addBinding(SmppConfig.class)
        .to(new Key<CarrierMaker<SmppConfig>>() {});
  }

  @Provides
  @Singleton
  CarrierMaker<SmppConfig> maker(NoticeSink sink, BindSlots slots, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    return (id, config) -> new SmppCarrier(id, config, sink, slots, clock, random);
  }
}
