package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CARRIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.contract.CarrierNumbersContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.domain.delivery.CarrierId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqCarrierNumbersIT extends CarrierNumbersContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Test
  void isTheSameOnAllNodes() {
    CarrierId carrier = aCarrier();
    CarrierNumbers one = database.database().forEngine().carrierNumbers();
    CarrierNumbers other = database.database().forHouse().carrierNumbers();
    assertThat(other.named(255)).isEmpty();

    int number = one.of(carrier);

    assertThat(other.named(number)).contains(carrier);
    assertThat(other.of(carrier)).isEqualTo(number);
  }

  @Test
  void asksForWhatItKnowsNoMore() {
    CarrierId carrier = aCarrier();
    CarrierNumbers numbers = database.database().forEngine().carrierNumbers();
    int number = numbers.of(carrier);

    database
        .sql()
        .transaction(locking -> {
          locking.dsl().execute("LOCK TABLE carrier IN ACCESS EXCLUSIVE MODE");
          assertThat(numbers.of(carrier)).isEqualTo(number);
          assertThat(numbers.named(number)).contains(carrier);
        });
  }

  @Test
  void givesNoMoreNumbersThanAByteHolds() {
    try (TestDatabase full = TestDatabase.create()) {
      full.sql()
          .execute("INSERT INTO carrier SELECT n, 'full-' || n FROM generate_series(1, 254) AS n");
      CarrierNumbers numbers = full.database().forEngine().carrierNumbers();

      assertThat(numbers.of(new CarrierId("last"))).isEqualTo(255);
      assertThatThrownBy(() -> numbers.of(new CarrierId("one-more")))
          .isInstanceOf(IllegalStateException.class);
      assertThat(full.sql().fetchCount(CARRIER)).isEqualTo(255);
      assertThat(numbers.of(new CarrierId("full-7"))).isEqualTo(7);
    }
  }
}
