package dev.carillon.providers.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierMaker;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.http.CarrierHttp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatsAppModuleTest {
  @Test
  void makesCarriersThatHaveToBeStarted() {
    Injector injector =
        Guice.createInjector(
            new WhatsAppModule(),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(CarrierHttp.Source.class)
                    .toInstance(_ -> {
                      throw new AssertionError("nothing opens while wiring");
                    });
                bind(InstantSource.class).toInstance(Fixtures.CLOCK);
              }
            });
    Map<Class<? extends CarrierConfig>, CarrierMaker<?>> makers =
        injector.getInstance(new Key<Map<Class<? extends CarrierConfig>, CarrierMaker<?>>>() {});
    CarrierMaker<WhatsAppConfig> maker =
        injector.getInstance(new Key<CarrierMaker<WhatsAppConfig>>() {});
    ConnectedCarrier carrier = maker.make(new CarrierId("meta"), Fixtures.config());

    assertThat(makers).containsOnlyKeys(WhatsAppConfig.class).containsValue(maker);
    assertThat(carrier.channels()).containsExactly(Channel.WHATSAPP);
    assertThat(carrier.inquiry()).isEmpty();
    assertThatThrownBy(
            () -> carrier.submit(List.of(Fixtures.text(1, "x")), new RecordingHandOver()))
        .isInstanceOf(IllegalStateException.class);
  }
}
