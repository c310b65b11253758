package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarrierRegistryTest {
  private final Carrier simulated = carrier("simulated", Set.of(Channel.values()));
  private final Carrier smpp = carrier("smpp", Set.of(Channel.SMS));
  private final Map<CarrierId, Carrier> carriers =
      Map.of(simulated.id(), simulated, smpp.id(), smpp);

  @ParameterizedTest
  @EnumSource(Channel.class)
  void givesTheTestEnvironmentTheSimulatedCarrierWhateverIsConfigured(Channel channel) {
    CarrierRegistry registry =
        new CarrierRegistry(simulated, carriers, Map.of(Channel.SMS, smpp.id()));

    assertThat(registry.forChannel(Environment.TEST, channel)).containsSame(simulated);
  }

  @Test
  void givesTheLiveEnvironmentTheConfiguredCarrier() {
    CarrierRegistry registry =
        new CarrierRegistry(simulated, carriers, Map.of(Channel.SMS, smpp.id()));

    assertThat(registry.forChannel(Environment.LIVE, Channel.SMS)).containsSame(smpp);
    assertThat(registry.forChannel(Environment.LIVE, Channel.EMAIL)).isEmpty();
  }

  @Test
  void findsACarrierByItsName() {
    CarrierRegistry registry = new CarrierRegistry(simulated, carriers, Map.of());

    assertThat(registry.byId(new CarrierId("smpp"))).containsSame(smpp);
    assertThat(registry.byId(new CarrierId("twilio"))).isEmpty();
  }

  @Test
  void listsAllByName() {
    CarrierRegistry registry = new CarrierRegistry(simulated, carriers, Map.of());

    assertThat(registry.all()).containsExactly(simulated, smpp);
  }

  @Test
  void refusesARouteToACarrierThatDoesNotServeTheChannel() {
    assertThatThrownBy(
            () -> new CarrierRegistry(simulated, carriers, Map.of(Channel.EMAIL, smpp.id())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new CarrierRegistry(simulated, carriers, Map.of(Channel.SMS, new CarrierId("twilio"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Carrier carrier(String name, Set<Channel> channels) {
    return new Carrier() {
      @Override
      public CarrierId id() {
        return new CarrierId(name);
      }

      @Override
      public Set<Channel> channels() {
        return channels;
      }

      @Override
      public int window() {
        return 1;
      }

      @Override
      public Duration answerTimeout() {
        return Duration.ofSeconds(1);
      }

      @Override
      public void submit(List<OutboundMessage> messages, HandOver handOver) {
        throw new AssertionError("nothing is submitted here");
      }
    };
  }
}
