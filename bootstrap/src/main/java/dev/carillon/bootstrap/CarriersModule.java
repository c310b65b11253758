package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.carillon.application.RecordNotices;
import dev.carillon.application.port.BindSlots;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.NoticeSink;
import dev.carillon.application.port.Reloads;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import dev.carillon.providers.CarrierHouse;
import dev.carillon.providers.CarrierRegistry;
import dev.carillon.providers.ProvidersModule;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.CallbackServer;
import dev.carillon.providers.callback.NoticeGatherer;
import dev.carillon.providers.callback.UnsubscribeLinks;
import dev.carillon.providers.postmark.PostmarkModule;
import dev.carillon.providers.smpp.SmppModule;
import dev.carillon.providers.smtp.SmtpModule;
import dev.carillon.providers.twilio.TwilioModule;
import dev.carillon.providers.whatsapp.WhatsAppModule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Makes the carriers, of every type, and what takes their calls.
final class CarriersModule extends AbstractModule {
  /// Longest wait of a carrier's call until what it tells is stored.
  private static final Duration STORED_WITHIN = Duration.ofSeconds(20);

  private final Configuration configuration;

  CarriersModule(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  protected void configure() {
    install(new ProvidersModule(configuration.simulated(), configuration.reload().drain()));
    install(new PostmarkModule());
    install(new SmppModule());
    install(new SmtpModule());
    install(new TwilioModule());
    install(new WhatsAppModule());
    OptionalBinder.newOptionalBinder(binder(), UnsubscribeLinks.class);
    bind(Reloads.class).to(CarrierReload.class);
    bind(CallbackPlace.class).toInstance(configuration.callbacks().place());
  }

  @Provides
  @Singleton
  NoticeSink noticeSink(RecordNotices notices) {
    return new NoticeGatherer(notices, STORED_WITHIN);
  }

  @Provides
  @Singleton
  BindSlots bindSlots(Stores stores) {
    return stores.bindSlots();
  }

  @Provides
  @Singleton
  CarrierNumbers carrierNumbers(Stores stores) {
    return stores.carrierNumbers();
  }

  @Provides
  @Singleton
  CarrierReload reload(CarrierHouse house, InstantSource clock) {
    return new CarrierReload(configuration, house, clock);
  }

  @Provides
  @Singleton
  CarriersPart carriers(CarrierHouse house) {
    return new CarriersPart(house, configuration.carriers());
  }

  @Provides
  @Singleton
  CallbacksPart callbacks(
      CarrierRegistry registry,
      Optional<UnsubscribeLinks> links,
      NoticeSink sink,
      Database database) {
    CallbackServer server =
        new CallbackServer(
            configuration.callbacks(),
            registry::callbacks,
            links,
            sink,
            new StoreHealth(database.forHouse().limits()));
    return new CallbacksPart(configuration.callbacks(), server);
  }
}
