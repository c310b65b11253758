package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.CARRIER_PART;
import static dev.carillon.persistence.schema.Tables.PARKED_RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.CarrierMessagesContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.CarrierMessages.Parked;
import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.Erasures;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqCarrierMessagesIT extends CarrierMessagesContract {
  private static final CarrierId CARRIER = new CarrierId("many");

  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected Erasures erasures() {
    return database.database().forEngine().erasures();
  }

  @Test
  void comparesTheIdItselfWhereHashesAreTheSame() {
    StoredJob job = store(anSmsJob().to(2));
    append(job, 0, "wanted");
    append(job, 1, "other");
    database
        .sql()
        .update(CARRIER_PART)
        .set(CARRIER_PART.HASH, CarrierPartHash.of(CARRIER.value(), "wanted"))
        .where(CARRIER_PART.ID.eq("other"))
        .execute();

    assertThat(ports().carrierMessages().find(CARRIER, List.of("wanted")))
        .isEqualTo(Map.of("wanted", new Part(job.ref(0), 1, 1, 1)));
  }

  @Test
  void looksForMoreThanOneGoOfThoseThatAreNobodysAtOnce() {
    StoredJob job = store(anSmsJob().to(1));
    park(5_000, "nobodys-", NOW);
    park(1, "ours-", NOW.plusMillis(1));
    append(job, 0, "ours-0");

    assertThat(ports().carrierMessages().matched(NOW.plusSeconds(1), 10))
        .extracting(found -> found.receipt().carrierMessageId())
        .containsExactly("ours-0");
    assertThat(ports().carrierMessages().forget(NOW.plusSeconds(1), 4_000)).isEqualTo(4_000);
  }

  @Test
  void handsEachParkedReceiptToOneOfManyThatAskAtTheSameTime() {
    StoredJob job = store(anSmsJob().to(300).chunksOf(300));
    IntStream.range(0, 300).forEach(position -> append(job, position, "p-" + position));
    park(300, "p-", NOW);

    List<List<Parked>> pages =
        Background.together(6, () -> ports().carrierMessages().matched(NOW.plusSeconds(1), 100));

    Set<Long> seen = new HashSet<>();
    List<Long> all = new ArrayList<>();
    pages.forEach(page -> page.forEach(parked -> all.add(parked.number())));
    assertThat(all).allSatisfy(number -> assertThat(seen.add(number)).isTrue());
  }

  @Test
  void parksTheSameReceiptsOfManyAtTheSameTimeOnce() {
    List<CarrierReceipt> receipts = receipts(500, "same-");
    int before = database.sql().fetchCount(PARKED_RECEIPT);
    List<CarrierReceipt> backwards = receipts.reversed();

    Background.together(
        4,
        () -> {
          ports().carrierMessages().park(receipts, NOW);
          ports().carrierMessages().park(backwards, NOW);
          return true;
        });

    assertThat(database.sql().fetchCount(PARKED_RECEIPT)).isEqualTo(before + 500);
  }

  private void append(StoredJob job, int position, String id) {
    DispatchOutcome outcome = new DispatchOutcome.Accepted(id, List.of(id));
    Attempt attempt = Attempt.of(position, 1, false, outcome, new Route(CARRIER, ""), NOW);
    ports()
        .transactions()
        .run(() -> ports().log().appendAttempts(job.ref(position).chunkKey(), List.of(attempt)));
  }

  private void park(int count, String prefix, Instant at) {
    ports().carrierMessages().park(receipts(count, prefix), at);
  }

  private static List<CarrierReceipt> receipts(int count, String prefix) {
    return IntStream.range(0, count).mapToObj(n -> receipt(prefix + n)).toList();
  }

  private static CarrierReceipt receipt(String id) {
    return new CarrierReceipt(CARRIER, id, id, "", ReceiptKind.DELIVERED, null, "", NOW);
  }
}
