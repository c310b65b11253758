package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import dev.carillon.application.memory.InMemoryCarrierNumbers;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RoutingTable;
import dev.carillon.providers.http.ApacheCarrierHttp;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpLimits;
import dev.carillon.providers.simulated.SimulatedCarrier;
import dev.carillon.providers.simulated.SimulatedConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersModuleTest {
  private final Injector injector =
      Guice.createInjector(
          Stage.PRODUCTION,
          new ProvidersModule(SimulatedConfig.DEFAULT, Duration.ofSeconds(1)),
          outside());

  @Test
  void wiresTheCarriersAndTheNumbering() {
    Carriers carriers = injector.getInstance(Carriers.class);

    assertThat(carriers).isSameAs(injector.getInstance(CarrierRegistry.class));
    assertThat(carriers.byId(SimulatedCarrier.ID))
        .containsSame(injector.getInstance(SimulatedCarrier.class));
    assertThat(injector.getInstance(Numbering.class).parse("0771234567", "ZW")).isPresent();
  }

  @Test
  void makesCarriersOfEveryKindThatIsInstalled() {
    CarrierId id = new CarrierId("econet");
    try (CarrierHouse house = injector.getInstance(CarrierHouse.class)) {
      house.start(
          new CarrierPlan(
              Map.of(id, new FakeCarrier.Config("one", Channel.SMS)), RoutingTable.EMPTY));

      assertThat(injector.getInstance(Carriers.class).byId(id)).isPresent();
    }
  }

  @Test
  void opensConnectionsOverHttpThatVerifyWhomTheyReach() {
    CarrierHttp.Source source = injector.getInstance(CarrierHttp.Source.class);
    HttpLimits limits = new HttpLimits(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
    try (CarrierHttp http = source.open(limits)) {
      assertThat(http).isInstanceOf(ApacheCarrierHttp.class);
    }
  }

  private static Module outside() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(ReceiptSink.class).toInstance(new RecordingSink());
        bind(CarrierNumbers.class).toInstance(new InMemoryCarrierNumbers());
        bind(InstantSource.class).toInstance(InstantSource.system());
        CarrierMaker<FakeCarrier.Config> maker = FakeCarrier::new;
        MapBinder.newMapBinder(
                binder(),
                new TypeLiteral<Class<? extends CarrierConfig>>() {},
                new TypeLiteral<CarrierMaker<?>>() {})
            .addBinding(FakeCarrier.Config.class)
            .toInstance(maker);
      }
    };
  }
}
