package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECEIPT;

import dev.carillon.application.contract.DeliveryLogContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.StoredJob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqDeliveryLogIT extends DeliveryLogContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected int receiptsOf(StoredJob job, int position) {
    return database
        .sql()
        .fetchCount(
            RECEIPT, RECEIPT.JOB_ID.eq(job.id().value()).and(RECEIPT.POSITION.eq(position)));
  }
}
