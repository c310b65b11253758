package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.providers.simulated.SimulatedCarrier;
import dev.carillon.providers.simulated.SimulatedConfig;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProvidersModuleTest {
  @Test
  void wiresTheCarriersAndTheNumbering() {
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION, new ProvidersModule(SimulatedConfig.DEFAULT), outside());

    Carriers carriers = injector.getInstance(Carriers.class);
    Carrier simulated = carriers.forChannel(Environment.TEST, Channel.SMS).orElseThrow();
    assertThat(simulated).isSameAs(injector.getInstance(SimulatedCarrier.class));
    assertThat(carriers.byId(SimulatedCarrier.ID)).containsSame(simulated);
    assertThat(carriers.forChannel(Environment.LIVE, Channel.SMS)).isEmpty();
    assertThat(injector.getInstance(Numbering.class).parse("0771234567", "ZW")).isPresent();
    CarrierConnections connections = injector.getInstance(CarrierConnections.class);
    connections.start();
    connections.close();
  }

  private static Module outside() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(ReceiptSink.class).toInstance(new RecordingSink());
        bind(InstantSource.class).toInstance(InstantSource.system());
      }
    };
  }
}
