package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.BUSINESS;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.QuotasContract;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqQuotasIT extends QuotasContract {
  @AutoClose private final TestDatabase one = TestDatabase.ofContracts();
  @AutoClose private final TestDatabase other = one.sameAgain();
  private final List<Node> nodes = List.of(node(one), node(other));

  @Override
  protected Ports newPorts() {
    return one.ports();
  }

  @Override
  protected List<Node> nodes() {
    return nodes;
  }

  @Override
  protected void set(BusinessId business, QuotaLimits limits) {
    one.sql()
        .update(BUSINESS)
        .set(BUSINESS.JOBS_PER_HOUR, boxed(limits.jobsPerHour()))
        .set(BUSINESS.REQUESTS_PER_SECOND, boxed(limits.requestsPerSecond()))
        .set(
            BUSINESS.RECIPIENTS_PER_DAY,
            limits.recipientsPerDay().isPresent() ? limits.recipientsPerDay().getAsLong() : null)
        .where(BUSINESS.ID.eq(business.value()))
        .execute();
  }

  private static Node node(TestDatabase database) {
    Stores stores = database.database().forEngine();
    return new Node(stores.transactions(), stores.quotas());
  }

  private static @Nullable Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
