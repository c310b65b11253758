package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.EVENT;
import static dev.carillon.persistence.schema.Tables.EVENT_COUNTER;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ATTEMPT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.EventPorts;
import dev.carillon.application.contract.ToldContract;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What PostgreSQL is asked for beyond the contracts: who waits for whom, what is freed when, other
/// versions and other histories.
@TestInstance(Lifecycle.PER_CLASS)
class JooqEventRulesIT extends ToldContract {
  private static final long WIDTH = 1_000_000;
  private static final DeliveryAnswer OK =
      new DeliveryAnswer.Answered(200, null, "", Duration.ofMillis(3));

  @AutoClose private final TestDatabase database = TestDatabase.create();

  @Override
  protected EventPorts newPorts() {
    return database.eventPorts();
  }

  /// The other way round, it and whoever settles or leases would wait for each other.
  @Test
  void waitsForTheQueueBeforeItTouchesADelivery() {
    Endpoint endpoint = endpoint();
    tellAndNumber(1);
    Leased done = lease(1).getFirst();
    deliver(done);

    Background<Boolean> redelivering =
        whileTheQueueIsLocked(
            endpoint,
            () -> {
              ports()
                  .transactions()
                  .run(() -> ports().deliveries().redeliver(done.event(), endpoint.id()));
              return true;
            },
            sql ->
                sql.fetch(
                    "SELECT FROM webhook_delivery WHERE event_number = ? FOR UPDATE NOWAIT",
                    done.event().number()));

    assertThat(redelivering.result()).isTrue();
    assertThat(lease(1)).extracting(Leased::event).containsExactly(done.event());
  }

  /// A node that was frozen while it settles holds up nobody's feed.
  @Test
  void numbersWhileSomebodyHoldsTheQueue() {
    Endpoint endpoint = endpoint();
    long number = number(endpoint);
    tellOfJobs(1);

    database
        .sql()
        .transaction(frozen -> {
          lockQueue(frozen.dsl(), number);
          assertThat(Background.start(() -> events().number(10)).result()).isEqualTo(1);
          assertThat(told()).hasSize(1);
        });

    Await.until("it hears of it, which is told", () -> events().number(10) == 1);
    assertThat(lease(1)).hasSize(1);
    assertThat(events().number(10)).isZero();
  }

  @Test
  void tellsOfNothingWhosePartIsBeingFreed() {
    skipToTheNextPart();
    freeAll();
    Endpoint endpoint = endpoint();
    tellAndNumber(1);
    StoredEvent event = newest();
    Leased underWay = lease(1).getFirst();
    skipToTheNextPart();
    tellAndNumber(1);

    assertThat(events().forget(Duration.ZERO)).isTrue();

    assertThat(events().find(scope(), event.id())).isEmpty();
    assertThat(listed(endpoint))
        .extracting(one -> one.event().number())
        .doesNotContain(event.number());
    assertThat(events().read(scope(), 0, Set.of(), 10).oldest())
        .isGreaterThanOrEqualTo(event.number());
    deliver(underWay);
    freeAll();
    assertThat(told()).hasSize(1);
  }

  /// A part that was left half empty by a leap is freed, too.
  @Test
  void freesPartsThatALeapLeftUnfilled() {
    tellAndNumber(1);
    StoredEvent event = newest();
    events().leap();
    tellAndNumber(1);

    assertThat(events().forget(Duration.ofDays(1))).as("too new").isFalse();
    freeAll();

    assertThat(told()).doesNotContain(event).hasSize(1);
    assertThat(events().forget(Duration.ZERO)).isFalse();
  }

  /// What was made for the numbers to come is not freed before they are given.
  @Test
  void keepsTheNewestPart() {
    skipToTheNextPart();
    database
        .sql()
        .update(EVENT_COUNTER)
        .set(EVENT_COUNTER.LAST, EVENT_COUNTER.LAST.plus(WIDTH - 2))
        .execute();
    tellAndNumber(1);
    assertThat(events().newest() % WIDTH).isEqualTo(WIDTH - 1);
    var _ = events().prepare();
    freeAll();

    assertThat(events().prepare()).as("made again").isZero();
    assertThat(told()).hasSize(1);
  }

  @Test
  void leavesEventsOfANewerVersionToItsNodes() {
    Endpoint endpoint = endpoint();
    tellAndNumber(3);
    StoredEvent strange = told().get(1);
    database
        .sql()
        .update(EVENT)
        .set(EVENT.EVENT_, "bulk.of_tomorrow")
        .where(EVENT.NUMBER.eq(EventPlaces.row(strange.number())))
        .execute();

    List<Leased> leased = lease(10);

    assertThat(leased).hasSize(2).noneMatch(one -> one.event().number() == strange.number());
    assertThat(told()).hasSize(2);
    assertThat(events().find(scope(), strange.id())).isEmpty();
    assertThat(listed(endpoint)).hasSize(2);
    var left =
        database
            .sql()
            .fetchSingle(WEBHOOK_WAITING, WEBHOOK_WAITING.EVENT_NUMBER.eq(strange.number()));
    assertThat(left.getAttempts()).isZero();
    assertThat(left.getTries()).isZero();
    assertThat(left.getLeaseOwner()).isNull();
  }

  @Test
  void leapsWhenTheServerIsOnAnotherTimeline() {
    tellAndNumber(1);
    long before = events().newest();
    database
        .sql()
        .update(EVENT_COUNTER)
        .set(EVENT_COUNTER.TIMELINE, EVENT_COUNTER.TIMELINE.minus(1L))
        .execute();

    tellAndNumber(1);

    assertThat(EventPlaces.row(events().newest()))
        .isGreaterThan(EventPlaces.row(before) + 100_000_000);
    assertThat(told()).hasSize(2);
    long then = events().newest();
    tellAndNumber(1);
    assertThat(EventPlaces.row(events().newest())).isEqualTo(EventPlaces.row(then) + 1);
  }

  @Test
  void givesUpNothingWhileSomebodyDecidesAboutItsEndpoint() {
    while (ports().deliveries().giveUp(Duration.ofNanos(1_000), 10) > 0) {
      // what others left
    }
    Endpoint endpoint = endpoint();
    long number = number(endpoint);
    tellAndNumber(1);

    database
        .sql()
        .transaction(deciding -> {
          lockQueue(deciding.dsl(), number);
          assertThat(
                  Background.start(() -> ports().deliveries().giveUp(Duration.ofNanos(1_000), 10))
                      .result())
              .isZero();
        });

    Await.until(
        "it is given up", () -> ports().deliveries().giveUp(Duration.ofNanos(1_000), 10) == 1);
    assertThat(database.sql().fetchCount(WEBHOOK_WAITING, WEBHOOK_WAITING.ENDPOINT.eq(number)))
        .isZero();
    assertThat(database.sql().fetchCount(WEBHOOK_ATTEMPT, WEBHOOK_ATTEMPT.ENDPOINT.eq(number)))
        .isZero();
  }

  /// Starts some work while the endpoint's queue is locked, looks when it waits, and lets it go.
  private Background<Boolean> whileTheQueueIsLocked(
      Endpoint endpoint, Callable<Boolean> work, Consumer<DSLContext> look) {
    long number = number(endpoint);
    return database
        .sql()
        .transactionResult(holding -> {
          lockQueue(holding.dsl(), number);
          Background<Boolean> running = Background.start(work);
          Await.until("it waits", () -> anybodyWaitsFor(holding.dsl()));
          look.accept(holding.dsl());
          return running;
        });
  }

  private void tellAndNumber(int jobs) {
    tellOfJobs(jobs);
    numberAll();
  }

  private List<Leased> lease(int most) {
    return ports().deliveries().lease(new Share("node", most, 100, 4, Duration.ofHours(1)));
  }

  private void deliver(Leased leased) {
    boolean _ =
        ports()
            .deliveries()
            .settle(
                List.of(
                    new Ended(
                        leased,
                        new DeliveryAttempt(leased.attempt(), NOW, OK),
                        _ ->
                            new Outcome(
                                DeliveryState.DELIVERED,
                                null,
                                EndpointHealth.GOOD,
                                Duration.ZERO,
                                null))));
  }

  private static boolean anybodyWaitsFor(DSLContext sql) {
    return sql.fetchSingle(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            .get(0, int.class)
        > 0;
  }

  private void lockQueue(DSLContext sql, long endpoint) {
    assertThat(
            sql.select(WEBHOOK_QUEUE.ENDPOINT)
                .from(WEBHOOK_QUEUE)
                .where(WEBHOOK_QUEUE.ENDPOINT.eq(endpoint))
                .forUpdate()
                .fetch())
        .hasSize(1);
  }

  private void freeAll() {
    while (events().forget(Duration.ZERO)) {
      // table by table
    }
  }

  private void skipToTheNextPart() {
    database.sql().execute("UPDATE event_counter SET last = (last / 1000000 + 1) * 1000000");
  }

  private long number(Endpoint endpoint) {
    return database
        .sql()
        .fetchSingle(WEBHOOK_ENDPOINT, WEBHOOK_ENDPOINT.ENDPOINT_ID.eq(endpoint.id().value()))
        .getNumber();
  }
}
