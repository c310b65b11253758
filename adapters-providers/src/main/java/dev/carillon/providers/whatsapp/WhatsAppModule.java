package dev.carillon.providers.whatsapp;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.http.CarrierHttp;
import java.time.InstantSource;

/// Installs what makes carriers of Meta. Needs a `CarrierHttp.Source` and an `InstantSource`.
public final class WhatsAppModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(
            binder(),
            new TypeLiteral<Class<? extends CarrierConfig>>() {},
            new TypeLiteral<CarrierMaker<?>>() {})
        .addBinding(WhatsAppConfig.class)
        .to(new Key<CarrierMaker<WhatsAppConfig>>() {});
  }

  @Provides
  @Singleton
  CarrierMaker<WhatsAppConfig> maker(CarrierHttp.Source source, InstantSource clock) {
    return (id, config) -> new WhatsAppCarrier(id, config, source, clock);
  }
}
