package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.PricesContract;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.BusinessId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqPricesIT extends PricesContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected void agree(BusinessId business, String currency, RefundPlan plan) {
    database
        .sql()
        .update(BUSINESS)
        .set(BUSINESS.CURRENCY, currency)
        .set(BUSINESS.REFUNDS_UNDELIVERED, plan.undelivered())
        .set(BUSINESS.CHARGES_UNKNOWN, !plan.lostAnswer())
        .where(BUSINESS.ID.eq(business.value()))
        .execute();
  }
}
