package dev.carillon.providers.twilio;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.http.CarrierHttp;
import java.time.InstantSource;

/// Installs what makes carriers of Twilio. Needs a `CallbackPlace`, a `NoticeSink`, a
/// `CarrierHttp.Source` and an `InstantSource`.
public final class TwilioModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(
            binder(),
            new TypeLiteral<Class<? extends CarrierConfig>>() {},
            new TypeLiteral<CarrierMaker<?>>() {})
        .addBinding(TwilioConfig.class)
        .to(new Key<CarrierMaker<TwilioConfig>>() {});
  }

  @Provides
  @Singleton
  CarrierMaker<TwilioConfig> maker(
      CallbackPlace place, CarrierHttp.Source source, NoticeSink sink, InstantSource clock) {
    return (id, config) -> new TwilioCarrier(id, config, place, source, sink, clock);
  }
}
