package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.ERASURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.ErasuresContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.erasure.SweepErasures;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Settling;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import dev.carillon.domain.recipient.RecipientId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Record;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqErasuresIT extends ErasuresContract {
  private static final CarrierId CARRIER = new CarrierId("scripted");

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
  void waitsForThoseWhoBeganBeforeTheLine() throws InterruptedException {
    ErasureId id = request(address(NUMBER)).id();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Background<Boolean> writer =
        Background.start(() ->
            database
                .database()
                .forCalls()
                .transactions()
                .inTransaction(() -> {
                  database.database().forCalls().jobs().nextId();
                  begun.countDown();
                  return await(end);
                }));
    begun.await();

    erasures().drawLine(List.of(id));
    assertThat(due(id)).isEqualTo(Erasures.Line.AHEAD);

    end.countDown();
    writer.result();
    Await.until("nobody is at work any more", () -> due(id) == Erasures.Line.PAST);
  }

  @Test
  void waitsForARetryThatTakesTheMessageAndFindsItsCopy() throws InterruptedException {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(NUMBER, PersonalContent.EMPTY, ""));
    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.EXPIRE));
    StoredJob copy = store(anSmsJob().to(0).retrying(job.bulkId()));
    AtomicBoolean erased = new AtomicBoolean();

    Background<Boolean> eraser =
        ports()
            .transactions()
            .inTransaction(() -> {
              assertThat(ports().messages().retryable(job.id(), RetrySelection.DEFAULT, -1, 10))
                  .hasSize(1);
              Background<Boolean> clearing =
                  Background.start(() -> {
                    ports().transactions().run(() -> erasures().clear(List.of(job.ref(0))));
                    erased.set(true);
                    return true;
                  });
              Await.until("it waits, or does not", () -> erased.get() || somebodyWaits());
              ports().messages().copy(job.id(), List.of(0), copy.id(), 0);
              ports().chunks().insert(anSmsJob().to(1).chunks(copy.id()));
              return clearing;
            });
    eraser.result();

    assertThat(shown(job, 0).address()).isEmpty();
    assertThat(shown(copy, 0).address()).isEqualTo(NUMBER);
    ErasureId id = request(address(NUMBER)).id();
    assertThat(erasures().targets(List.of(id), 10).stream().map(Erasures.Target::message))
        .containsExactly(copy.ref(0));
  }

  @Test
  void forgetsItselfWhomItForgot() {
    ErasureId id = request(address(NUMBER)).id();

    erasures().end(List.of(id), NOW);

    Record row = database.sql().fetchSingle(ERASURE, ERASURE.ID.eq(id.value()));
    assertThat(row.get(ERASURE.ADDRESS)).isNull();
    assertThat(row.get(ERASURE.RECIPIENT_ID)).isNull();
  }

  @Test
  void leavesNoTraceOfAnAddressInAnyTable() {
    String mailbox = "ann.forgettable@example.com";
    StoredJob job =
        store(
            anEmailJob()
                .to(
                    mailbox,
                    new PersonalContent(
                        "Dear ann.forgettable",
                        "For ann.forgettable",
                        "<b>ann.forgettable</b>",
                        List.of("ann.forgettable"),
                        Map.of("name", "ann.forgettable")),
                    "ann.forgettable")
                .to(2));
    StoredJob other = store(anSmsJob().to(new RecipientId(7), NUMBER).to(1));
    log(job);
    assertThat(traces("ann.forgettable")).isNotEmpty();
    Erasure erasure =
        request(new Erasure.Subject.OfAddress(EmailAddress.parse(mailbox).orElseThrow()));

    SweepErasures sweep = sweep();
    Await.until(
        "it has ended",
        () -> {
          sweep.handle();
          return erasures().find(scope(), erasure.id()).orElseThrow().done();
        });

    assertThat(traces("ann.forgettable")).isEmpty();
    assertThat(erasures().find(scope(), erasure.id()).orElseThrow().counts())
        .isEqualTo(new Erasure.Counts(1, 1, 2));
    assertThat(shown(other, 0).address()).isEqualTo(NUMBER);
    assertThat(shown(job, 1).address()).isNotEmpty();
  }

  private boolean somebodyWaits() {
    return database
            .sql()
            .fetchSingle(
                "SELECT count(*)::int FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
            .into(Integer.class)
        > 0;
  }

  /// Every column of every table that holds the text, in whatever form.
  private List<String> traces(String text) {
    List<String> traces = new ArrayList<>();
    for (String table :
        database
            .sql()
            .fetch(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace = 'public'::regnamespace")
            .into(String.class)) {
      int rows =
          database
              .sql()
              .fetchSingle(
                  "SELECT count(*)::int FROM " + table + " AS t WHERE t::text LIKE '%' || ? || '%'",
                  text)
              .into(Integer.class);
      if (rows > 0) {
        traces.add(table + ": " + rows);
      }
    }
    return traces;
  }

  private SweepErasures sweep() {
    Stores stores = database.database().forEngine();
    InstantSource clock = InstantSource.fixed(NOW);
    return new SweepErasures(
        new SweepErasures.Store(stores.transactions(), stores.erasures()),
        new Forgetting(
            new Settling.Store(
                stores.transactions(),
                stores.chunks(),
                stores.messages(),
                stores.log(),
                stores.ledger(),
                stores.carrierNumbers()),
            new JobLife(stores.jobs(), stores.outbox()),
            clock),
        database.database().feed(),
        clock);
  }

  private void log(StoredJob job) {
    ports()
        .transactions()
        .run(() -> {
          ports()
              .log()
              .appendAttempts(
                  job.chunk(0),
                  List.of(
                      new Attempt(
                          0,
                          1,
                          false,
                          OutcomeKind.UNREACHABLE,
                          null,
                          "550 <ann.forgettable@example.com>",
                          CARRIER,
                          "",
                          "id-1",
                          List.of(),
                          NOW)));
          ports()
              .log()
              .appendReceipts(
                  List.of(
                      new Receipt(
                          job.ref(0),
                          ReceiptKind.UNDELIVERED,
                          null,
                          "no ann.forgettable here",
                          CARRIER,
                          "id-1",
                          NOW)));
        });
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
