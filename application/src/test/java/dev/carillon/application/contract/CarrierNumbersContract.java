package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Background;
import dev.carillon.domain.delivery.CarrierId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every list of the carriers' numbers keeps.
public abstract class CarrierNumbersContract extends StoreContract {
  @Test
  void givesACarrierOneNumberAndKeepsIt() {
    CarrierId one = aCarrier();
    CarrierId other = aCarrier();

    int number = ports().carrierNumbers().of(one);

    assertThat(number).isBetween(1, 255);
    assertThat(ports().carrierNumbers().of(other)).isBetween(1, 255).isNotEqualTo(number);
    assertThat(ports().carrierNumbers().of(one)).isEqualTo(number);
    assertThat(ports().carrierNumbers().named(number)).contains(one);
  }

  @Test
  void knowsNobodyByANumberThatWasGivenToNone() {
    assertThat(ports().carrierNumbers().named(0)).isEmpty();
    assertThat(ports().carrierNumbers().named(255)).isEmpty();
    assertThat(ports().carrierNumbers().named(256)).isEmpty();
  }

  @Test
  void keepsANumberThatWasGivenInATransactionThatFailed() {
    CarrierId carrier = aCarrier();
    int[] given = {0};

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  given[0] = ports().carrierNumbers().of(carrier);
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(ports().carrierNumbers().of(carrier)).isEqualTo(given[0]);
    assertThat(ports().carrierNumbers().of(aCarrier())).isNotEqualTo(given[0]);
  }

  @Test
  void givesOneNumberToManyThatAskAtTheSameTime() {
    CarrierId carrier = aCarrier();

    List<Integer> given = Background.together(8, () -> ports().carrierNumbers().of(carrier));

    assertThat(given).hasSize(8).containsOnly(given.getFirst());
  }

  /// One that nobody else uses.
  protected static CarrierId aCarrier() {
    return new CarrierId("c" + UUID.randomUUID().toString().substring(0, 20));
  }
}
