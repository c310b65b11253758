package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.WebhookDeliveriesContract;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries.Filter;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqWebhookDeliveriesIT extends WebhookDeliveriesContract {
  private static final Share SHARE = new Share("node", 10, 100, 4, Duration.ofMinutes(5));
  private static final DeliveryAnswer OK =
      new DeliveryAnswer.Answered(200, null, "", Duration.ofMillis(3));

  private static final long FAR = 1L << 50;

  @AutoClose private final TestDatabase database = TestDatabase.create();

  @Override
  protected EventPorts newPorts() {
    return database.eventPorts();
  }

  /// Whoever holds an endpoint's row, be it for long, delays neither numbering nor other endpoints.
  @Test
  void numbersWithoutWaitingForAnEndpointThatIsLocked() {
    Endpoint locked = endpoint();
    Endpoint free = endpoint();

    ports()
        .transactions()
        .run(() -> {
          assertThat(ports().endpoints().lock(scope(), locked.id())).isPresent();
          apart(() -> {
            tellOfJobs(1);
            numberAll();
            assertThat(ports().deliveries().lease(SHARE))
                .extracting(Leased::endpointId)
                .containsExactly(free.id());
          });
        });

    assertThat(events().number(10)).as("only the locked one is to be told").isEqualTo(1);
    assertThat(ports().deliveries().lease(SHARE))
        .extracting(Leased::endpointId)
        .containsExactly(locked.id());
  }

  /// However long a node takes to commit, others number, lease and settle what is not its
  /// endpoints'.
  @Test
  void keepsNobodyWaitingWhileItSettlesAndLeases() {
    Endpoint slow = endpoint();
    tellOfJobs(2);
    numberAll();
    Leased first = lease(1).getFirst();

    ports()
        .transactions()
        .run(() -> {
          assertThat(deliveries().settleAndLease(List.of(ended(first, OK, null)), SHARE))
              .extracting(Leased::endpointId)
              .containsExactly(slow.id());
          apart(() -> {
            Endpoint free = endpoint();
            tellOfJobs(1);
            numberAll();
            List<Leased> others = lease(10);
            assertThat(others).extracting(Leased::endpointId).containsExactly(free.id());
            settle(others.getFirst(), OK, null);
            assertThat(listed(free))
                .extracting(Delivery::state)
                .containsExactly(DeliveryState.DELIVERED);
          });
        });

    assertThat(events().number(10)).as("only the slow one is to be told").isEqualTo(1);
    assertThat(lease(10)).extracting(Leased::endpointId).containsExactly(slow.id());
  }

  /// A thousand events of one job do not have to be gone through again and again.
  @Test
  void looksOnceAtWhatWaitsBehindAnother() {
    endpoint();
    JobId job = newJob();
    for (int i = 0; i < 900; i++) {
      tell(job, EventType.BULK_PAUSED);
    }
    numberAll();
    List<StoredEvent> told = told();
    Condition behind = WEBHOOK_WAITING.BEHIND.isTrue();

    for (int i = 0; i < 5; i++) {
      List<Leased> leased = ports().deliveries().lease(SHARE);
      assertThat(leased).extracting(Leased::event).containsExactly(told.get(i));
      behind =
          WEBHOOK_WAITING
              .BEHIND
              .isTrue()
              .and(WEBHOOK_WAITING.ENDPOINT.eq(leased.getFirst().endpoint()));
      boolean _ =
          settle(
              leased.getFirst(),
              new DeliveryAttempt(1, NOW, OK),
              before -> new Outcome(DeliveryState.DELIVERED, null, before, Duration.ZERO, null));
    }

    assertThat(database.sql().fetchCount(WEBHOOK_WAITING, behind)).isEqualTo(894);
  }

  @Test
  void writesNothingIntoTheQueueThatChangesNothing() {
    Endpoint endpoint = endpoint();
    tellOfJobs(4);
    numberAll();
    List<Leased> leased = ports().deliveries().lease(SHARE);
    long writes = 0;

    for (Leased one : leased) {
      String before = place(one);
      boolean _ =
          settle(
              one,
              new DeliveryAttempt(1, NOW, OK),
              health -> new Outcome(DeliveryState.DELIVERED, null, health, Duration.ZERO, null));
      writes += place(one).equals(before) ? 0 : 1;
    }

    assertThat(writes).isEqualTo(1);
    assertThat(listed(endpoint)).hasSize(4);
  }

  @Test
  void forgetsADeliveryWithItsEvent() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Leased leased = ports().deliveries().lease(SHARE).getFirst();
    long number = leased.event().number();
    database
        .sql()
        .update(WEBHOOK_WAITING)
        .set(WEBHOOK_WAITING.EVENT_NUMBER, number + FAR)
        .where(WEBHOOK_WAITING.EVENT_NUMBER.eq(number))
        .execute();

    assertThat(ports().deliveries().giveUp(Duration.ZERO, 1_000)).isPositive();

    assertThat(listed(endpoint)).isEmpty();
    assertThat(database.sql().fetchCount(WEBHOOK_WAITING)).isZero();
  }

  @Test
  void servesTheCallsOfATenant() {
    Endpoint endpoint = endpoint();
    tellOfJobs(1);
    numberAll();
    Stores own = database.storesOf(scope());
    Stores foreign = database.storesOf(ports().newScope().get());
    Filter all = new Filter(null, Set.of());

    own.transactions().run(() -> own.deliveries().redeliver(newest(), endpoint.id()));

    assertThat(list(own, scope(), endpoint, all)).isEqualTo(1);
    assertThat(list(foreign, scope(), endpoint, all)).isZero();
    assertThat(foreign.events().read(scope(), 0, Set.of(), 10).events()).isEmpty();
    assertThat(own.events().read(scope(), 0, Set.of(), 10).events()).hasSize(1);
  }

  private static long list(Stores stores, Scope scope, Endpoint endpoint, Filter filter) {
    return stores.deliveries().list(scope, endpoint.id(), filter, PageRequest.first()).totalSize();
  }

  /// Where the version of a row is that is valid now.
  private String place(Leased leased) {
    return database
        .sql()
        .select(field("ctid::text", String.class))
        .from(WEBHOOK_QUEUE)
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(leased.endpoint()))
        .fetchSingle(row -> row.value1());
  }

  /// In transactions of its own.
  private static void apart(Runnable work) {
    Background.start(
            () -> {
              work.run();
              return 0;
            })
        .result();
  }
}
