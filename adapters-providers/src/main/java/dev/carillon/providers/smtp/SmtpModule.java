package dev.carillon.providers.smtp;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.UnsubscribeLinks;
import dev.carillon.providers.callback.UnsubscribePage;
import java.time.InstantSource;

/// Installs what makes carriers that speak SMTP, and what the links to unsubscribe in mails lead
/// to. Needs a `CallbackPlace`, a `NoticeSink` and an `InstantSource`.
public final class SmtpModule extends AbstractModule {
  @Override
  protected void configure() {
    MapBinder.newMapBinder(
            binder(),
            new TypeLiteral<Class<? extends CarrierConfig>>() {},
            new TypeLiteral<CarrierMaker<?>>() {})
        .addBinding(SmtpConfig.class)
        .to(new Key<CarrierMaker<SmtpConfig>>() {});
    OptionalBinder.newOptionalBinder(binder(), UnsubscribeLinks.class)
        .setBinding()
        .to(UnsubscribePage.class);
  }

  @Provides
  @Singleton
  UnsubscribePage unsubscribePage(CallbackPlace place, InstantSource clock) {
    return new UnsubscribePage(place, clock);
  }

  @Provides
  @Singleton
  CarrierMaker<SmtpConfig> maker(NoticeSink sink, CallbackPlace place, InstantSource clock) {
    return new SmtpMaker(sink, place, clock);
  }
}
