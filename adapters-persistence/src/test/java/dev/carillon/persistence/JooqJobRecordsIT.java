package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.audit.JobAudit;
import dev.carillon.domain.audit.Recount;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The audit of jobs over PostgreSQL: honest ones, and ones that somebody tampered with.
@TestInstance(Lifecycle.PER_CLASS)
class JooqJobRecordsIT {
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final Route ROUTE = new Route(CARRIER, "");
  private static final long PART = 20_000;
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final InstantSource CLOCK = InstantSource.fixed(CREATED);

  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();
  private final Stores stores = database.database().forEngine();
  private final Scope scope = database.newScope();
  private final JobLife life = new JobLife(stores.jobs(), stores.outbox());
  private final Settling.Store store =
      new Settling.Store(
          stores.transactions(),
          stores.chunks(),
          stores.messages(),
          stores.log(),
          stores.ledger(),
          stores.carrierNumbers());
  private final Settling settling =
      new Settling(store, life, database.database().feed(), CLOCK, RetryPolicy.DEFAULT);
  private final Sweeping sweeping =
      new Sweeping(store, life, database.database().feed(), CLOCK, RetryPolicy.DEFAULT);
  private final AuditBulkJob auditBulkJob =
      new AuditBulkJob(stores.transactions(), stores.records());
  private StoredJob job = anSmsJob().to(1).storeIn(database.ports(), scope);

  /// Nine messages in three chunks: taken, but one delivered, one refused, one in doubt.
  @BeforeEach
  void workAJob() {
    work(anSmsJob().to(8).leavingOut(Reason.DUPLICATE));
  }

  private void work(JobFixture fixture) {
    job = fixture.storeIn(database.ports(), scope);
    for (int chunk = 0; chunk < 3; chunk++) {
      Leasing leasing =
          settling.lease(job.id(), new WorkerId("w"), LEASE, (_, _, _) -> Marks.next(10));
      if (leasing instanceof Leasing.Leased leased) {
        answer(leased.chunk());
      }
    }
    sweeping.receipts(
        List.of(
            new Receipt(job.ref(0), ReceiptKind.DELIVERED, null, "", CARRIER, "id-0", CREATED)));
  }

  @Test
  void anHonestJobAgreesInEverything() {
    Recount recount = audit();

    assertThat(recount.differences()).isEmpty();
    assertThat(recount.total()).isZero();
    assertThat(recount.chunks()).isEqualTo(3);
    assertThat(recount.messages()).isEqualTo(9);
    assertThat(recount.attempts()).isEqualTo(8);
    assertThat(recount.accepted()).isEqualTo(6);
    assertThat(recount.counters().delivered()).isEqualTo(1);
    assertThat(recount.counters().failed()).isEqualTo(1);
    assertThat(recount.counters().unknown()).isEqualTo(1);
    assertThat(recount.counters().duplicate()).isEqualTo(1);
  }

  @Test
  void namesATallyThatWasChanged() {
    database
        .sql()
        .update(CHUNK)
        .set(CHUNK.SENT, (short) 7)
        .where(CHUNK.JOB_ID.eq(job.id().value()))
        .and(CHUNK.CHUNK_NO.eq(1))
        .execute();

    assertThat(found())
        .contains("chunk 1: counts 7 sent, but 4 are")
        .anyMatch(difference -> difference.startsWith("job: shows "));
  }

  @Test
  void namesAStatusByteThatNothingProves() {
    database
        .sql()
        .update(ATTEMPT)
        .set(ATTEMPT.OUTCOME, (short) 5)
        .where(ATTEMPT.JOB_ID.eq(job.id().value()))
        .and(ATTEMPT.POSITION.eq(3))
        .execute();

    assertThat(found())
        .containsExactly(
            "message 3: SENT although neither an attempt nor a receipt says that it was taken");
  }

  @Test
  void namesASilentDouble() {
    database
        .sql()
        .execute(
            "INSERT INTO attempt (job_id, position, attempt_no, part_no, outcome, carrier, at)"
                + " VALUES (?, 0, 2, 1, 1, 'scripted', now())",
            job.id().value());

    assertThat(found())
        .containsExactly(
            "message 0: attempt 2 is stored, but only 1 are counted",
            "message 0: accepted 2 times, of which only 0 were flagged as a possible duplicate");
  }

  @Test
  void namesAMessageWithoutARow() {
    database
        .sql()
        .deleteFrom(MESSAGE)
        .where(MESSAGE.JOB_ID.eq(job.id().value()))
        .and(MESSAGE.POSITION.eq(4))
        .execute();

    assertThat(found()).containsExactly("chunk 1: 3 message rows for 4 statuses");
  }

  @Test
  void namesOpenChunksThatAreMiscounted() {
    database.sql().update(JOB).set(JOB.OPEN_CHUNKS, 2).where(JOB.ID.eq(job.id().value())).execute();

    assertThat(found()).containsExactly("job: counts 2 open chunks, but 0 are");
  }

  @Test
  void namesAChunkThatIsOpenWithNothingLeft() {
    database
        .sql()
        .update(CHUNK)
        .set(CHUNK.OPEN, true)
        .where(CHUNK.JOB_ID.eq(job.id().value()))
        .and(CHUNK.CHUNK_NO.eq(1))
        .execute();

    assertThat(found())
        .containsExactly(
            "chunk 1: open, although nothing is left to be done in it",
            "job: counts 0 open chunks, but 1 are",
            "job: PARTIAL with 1 open chunks");
  }

  @Test
  void theMoneyOfAnHonestJobAgreesWithItsMessages() {
    workABilledJob();

    assertThat(found()).isEmpty();
    assertThat(stores.jobs().findAll(List.of(job.id())).getFirst().billing())
        .isEqualTo(
            new JobBilling(
                new Money("USD", 8 * PART), new Money("USD", 6 * PART), new Money("USD", PART), 8));
  }

  @Test
  void namesMoneyThatMessagesDoNotAccountFor() {
    workABilledJob();
    database
        .sql()
        .update(CHUNK)
        .set(CHUNK.CAPTURED, CHUNK.CAPTURED.plus(PART))
        .where(CHUNK.JOB_ID.eq(job.id().value()))
        .and(CHUNK.CHUNK_NO.eq(1))
        .execute();

    assertThat(found())
        .containsExactly(
            "chunk 1: has booked 100000 micros captured, but 80000 are",
            "job: counts of closed chunks 120000 micros captured, but 140000 are",
            "job: has entries of 120000 micros captured, but 140000 are");
  }

  @Test
  void namesAnEntryThatNothingAccountsFor() {
    workABilledJob();
    database
        .sql()
        .execute(
            "INSERT INTO ledger_entry (business_id, environment, kind, amount, currency, job_id,"
                + " bulk_id, created_by, at) SELECT business_id, environment, 6, 5, currency, id,"
                + " bulk_id, '', now() FROM job WHERE id = ?",
            job.id().value());

    assertThat(found()).containsExactly("job: has entries of 20005 micros refunded, but 20000 are");
  }

  private void workABilledJob() {
    work(anSmsJob().to(8).leavingOut(Reason.DUPLICATE).costing(PART, RefundPlan.DEFAULT));
  }

  @Test
  void seesOneMomentOfAJobThatIsBeingWorkedAt() {
    AtomicReference<Boolean> changed = new AtomicReference<>(false);
    Recount recount =
        stores
            .transactions()
            .inTransaction(() -> {
              assertThat(stores.records().job(job.bulkId())).isPresent();
              changed.set(
                  database
                          .sql()
                          .update(CHUNK)
                          .set(CHUNK.SENT, (short) 7)
                          .where(CHUNK.JOB_ID.eq(job.id().value()))
                          .execute()
                      > 0);
              return recountIn();
            });

    assertThat(changed).hasValue(true);
    assertThat(recount.differences()).isEmpty();
    assertThat(audit().differences()).isNotEmpty();
  }

  private Recount recountIn() {
    JobAudit audit =
        new JobAudit(
            stores.jobs().findAll(List.of(job.id())).getFirst(),
            stores.records().openChunks(job.id()),
            stores.records().books(job.id()),
            100);
    stores
        .records()
        .chunks(job.id(), -1, 10)
        .forEach(chunk ->
            audit.chunk(
                chunk.chunk(),
                chunk.open(),
                chunk.counted(),
                chunk.messages(),
                chunk.evidence(),
                chunk.money()));
    return audit.finish();
  }

  private void answer(LeasedChunk chunk) {
    List<Answer> answers = new ArrayList<>();
    for (Marked marked : chunk.settled().marked()) {
      answers.add(
          new Answer(marked.position(), marked.attempt(), false, outcome(marked), ROUTE, CREATED));
    }
    settling.settle(chunk.key(), chunk.lease(), answers, Marks.NONE, LEASE);
  }

  private static DispatchOutcome outcome(Marked marked) {
    return switch (marked.position()) {
      case 1 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
      case 2 -> new DispatchOutcome.Unconfirmed("lost");
      default -> new DispatchOutcome.Accepted("id-" + marked.position());
    };
  }

  private List<String> found() {
    return audit().differences().stream()
        .map(difference -> difference.subject() + ": " + difference.what())
        .toList();
  }

  private Recount audit() {
    Caller operator = new Caller(scope, Role.OPERATOR, "key-1", "ZW", "USD");
    return auditBulkJob.handle(new AuditBulkJob.Query(operator, job.bulkId().toString())).recount();
  }
}
