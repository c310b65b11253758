package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.MessageSearchContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.domain.content.PersonalContent;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqMessageSearchIT extends MessageSearchContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Test
  void readsAFewPagesOfManyForAnAddress() {
    store(anSmsJob().to(20_000).chunksOf(500));
    store(anSmsJob().to("+263779999999", PersonalContent.EMPTY, "order-1").to(20_000));
    assertThat(database.database().forEngine().retention().makeSearchable()).isPositive();
    database.sql().execute("ANALYZE message");

    String plan = plan("SELECT job_id, position FROM message WHERE address = '+263779999999'");
    System.out.println(plan);
    assertThat(plan).contains("Bitmap Index Scan on message_p0_address_idx");
    long removed =
        plan.lines()
            .filter(line -> line.contains("Rows Removed by Index Recheck"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
    assertThat(removed).isLessThan(20_000);
  }

  @Test
  void findsWhatNoFilterKnowsYet() {
    store(anSmsJob().to("+263778888888", PersonalContent.EMPTY, "order-2").to(1));

    assertThat(
            database
                .sql()
                .fetch(
                    "SELECT * FROM found_messages(?, 'LIVE', NULL, 'order-2', NULL)",
                    scope().business().value()))
        .hasSize(1);
  }

  /// As found_messages() has it planned.
  private String plan(String query) {
    List<String> lines =
        database
            .sql()
            .transactionResult(inside -> {
              for (String way : List.of("seqscan", "indexscan", "indexonlyscan")) {
                inside.dsl().execute("SET LOCAL enable_" + way + " = off");
              }
              return inside
                  .dsl()
                  .fetch("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + query)
                  .getValues(0, String.class);
            });
    return String.join("\n", lines);
  }
}
