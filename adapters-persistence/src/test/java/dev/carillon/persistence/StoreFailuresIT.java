package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.carillon.application.port.StoreFault;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which failures are the store's, so that nothing may be left out because of them.
@TestInstance(Lifecycle.PER_CLASS)
class StoreFailuresIT {
  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final JooqTransactions calls = database.callsOf(database.newScope());

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "25006", "53100", "57P01", "55P03"})
  void theStoreIsNotAvailableForNow(String state) {
    assertThat(failureOf(state)).satisfies(StoreFailuresIT::isUnavailable);
    assertThat(failureApartOf(state)).satisfies(StoreFailuresIT::isUnavailable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42501", "42P01", "0A000", "XX002", "25P02"})
  void theStoreIsToBlame(String state) {
    assertThat(failureOf(state))
        .isInstanceOf(StoreFault.class)
        .isInstanceOfSatisfying(
            DataAccessException.class, told -> assertThat(told.sqlState()).isEqualTo(state));
    assertThat(failureApartOf(state)).isInstanceOf(StoreFault.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23505", "P0001", "21000"})
  void whatIsStoredIsToBlame(String state) {
    assertThat(failureOf(state)).isInstanceOf(DataAccessException.class);
    assertThat(failureOf(state)).isNotInstanceOf(StoreFault.class);
  }

  @Test
  void aRowThatNoPartitionTakesIsNotToBlame() {
    Stores stores = database.database().forEngine();
    MessageRef ref = new MessageRef(new JobId(Long.MAX_VALUE / 2), 0, 0);
    Receipt receipt =
        new Receipt(
            ref,
            ReceiptKind.SENT,
            null,
            "",
            new CarrierId("any"),
            "",
            Instant.parse("2099-01-01T00:00:00Z"));

    assertThat(
            catchThrowable(() ->
                stores.transactions().run(() -> stores.log().appendReceipts(List.of(receipt)))))
        .isInstanceOf(StoreFault.class);
  }

  @Test
  void aRowThatAConstraintRefusesIs() {
    assertThat(failureOf("23514', CONSTRAINT = 'some_check")).isNotInstanceOf(StoreFault.class);
  }

  @Test
  void whatMayPassIsTriedFourTimes() {
    int[] tries = {0};

    assertThat(
            catchThrowable(() ->
                calls.run(() -> {
                  tries[0]++;
                  calls.sql().execute(failing("40P01"));
                })))
        .satisfies(StoreFailuresIT::isUnavailable);

    assertThat(tries[0]).isEqualTo(4);
  }

  private Throwable failureOf(String state) {
    return catchThrowable(() -> calls.run(() -> calls.sql().execute(failing(state))));
  }

  private Throwable failureApartOf(String state) {
    return catchThrowable(() -> calls.sql().execute(failing(state)));
  }

  private static String failing(String state) {
    return "DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '" + state + "'; END $$";
  }

  private static void isUnavailable(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            DomainException.class,
            told -> assertThat(told.error()).isInstanceOf(DomainError.StoreUnavailable.class));
  }
}
