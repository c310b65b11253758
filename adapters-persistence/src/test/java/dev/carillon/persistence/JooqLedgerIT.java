package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.ACCOUNT;
import static dev.carillon.persistence.schema.Tables.BUSINESS;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.contract.LedgerContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Ledger.EntryFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.webhook.BalanceEvent;
import java.util.List;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class JooqLedgerIT extends LedgerContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected void tellBelow(BusinessId business, Money low) {
    database
        .sql()
        .update(BUSINESS)
        .set(BUSINESS.LOW_BALANCE, low.micros())
        .where(BUSINESS.ID.eq(business.value()))
        .execute();
  }

  @Test
  void countsEntriesToTenThousand() {
    open(scope(), 0);
    database
        .sql()
        .execute(
            """
            INSERT INTO ledger_entry (business_id, environment, kind, amount, currency, created_by, at)
            SELECT ?, ?, 1, 1, 'USD', '', now() FROM generate_series(1, 10001)
            """,
            scope().business().value(),
            scope().environment().name());

    assertThat(ledger().entries(scope(), EntryFilter.ALL, PageRequest.first()).totalSize())
        .isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger_entry SET amount = amount + 1",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry"
      })
  void refusesToRewriteTheBooks(String statement) {
    open(scope(), 500);

    assertThatThrownBy(() -> database.sql().execute(statement))
        .hasMessageContaining("ledger_entry is append-only");

    assertThat(ledger().balance(scope()).orElseThrow().available()).isEqualTo(dollars(500));
  }

  @Test
  void touchesNoBalanceWhereACarrierOnlyTookSomething() {
    open(scope(), 10 * PART);
    StoredJob job = billed(anSmsJob().to(2), RefundPlan.DEFAULT);
    String before = versionOfAccount();

    step(job, 0, MessageTransition.MARK, MessageTransition.ACCEPT);

    assertThat(ledger().bookedFor(job.id())).hasSize(2);
    assertThat(versionOfAccount()).isEqualTo(before);
  }

  @Test
  void refusesWhatWouldMakeAJobGiveMoreThanItHas() {
    open(scope(), 10 * PART);
    StoredJob job = billed(anSmsJob().to(1), RefundPlan.DEFAULT);

    assertThatThrownBy(() ->
            database
                .sql()
                .update(JOB)
                .set(JOB.CAPTURED, PART)
                .set(JOB.REFUNDED, 1L)
                .where(JOB.ID.eq(job.id().value()))
                .execute())
        .hasMessageContaining("violates check constraint");
  }

  @Test
  void refusesABalanceBelowNothing() {
    open(scope(), 500);

    assertThatThrownBy(() ->
            database
                .sql()
                .update(ACCOUNT)
                .set(ACCOUNT.AVAILABLE, ACCOUNT.AVAILABLE.minus(501L))
                .where(ACCOUNT.BUSINESS_ID.eq(scope().business().value()))
                .execute())
        .hasMessageContaining("violates check constraint");
  }

  @Test
  void notesWhatIsToBeToldOfABalance() {
    BalanceEvent event = BalanceEvent.low(dollars(400), dollars(450), NOW);

    ports()
        .transactions()
        .run(() -> database.database().forEngine().outbox().append(scope(), event));

    List<Object> noted =
        database
            .sql()
            .select(OUTBOX.EVENT, OUTBOX.CURRENCY, OUTBOX.AVAILABLE, OUTBOX.LOW, OUTBOX.JOB_ID)
            .from(OUTBOX)
            .where(OUTBOX.BUSINESS_ID.eq(scope().business().value()))
            .fetchSingle()
            .intoList();
    assertThat(noted).containsExactly("balance.low", "USD", 400L, 450L, null);
  }

  /// Of the row as it is stored: it changes with every write.
  private String versionOfAccount() {
    return database
        .sql()
        .select(DSL.field("ctid || ' ' || xmin || ' ' || xmax", SQLDataType.CLOB))
        .from(ACCOUNT)
        .where(ACCOUNT.BUSINESS_ID.eq(scope().business().value()))
        .fetchSingle(row -> row.value1());
  }
}
