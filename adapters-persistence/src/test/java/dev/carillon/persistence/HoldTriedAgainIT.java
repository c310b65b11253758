package dev.carillon.persistence;

import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.LEDGER_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetrySelection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Money is set aside once for what is submitted, however often PostgreSQL has the transaction
/// tried again after the money was set aside in it, and whoever asks for the same meanwhile.
@Timeout(120)
class HoldTriedAgainIT {
  /// Of an SMS of one part, by the shop's price list.
  private static final long PRICE = 35_001;

  private static final long CREDIT = 1_000_000;
  private static final int CALLERS = 6;
  private static final Duration LEASE = Duration.ofMinutes(10);

  @AutoClose private final TestDatabase database = TestDatabase.create();

  private final Shop shop = Shop.live(database, RefundPlan.DEFAULT, true, 0);
  private final Shop other = Shop.live(database, RefundPlan.DEFAULT, true, 0);
  private final MoneyNode node;

  HoldTriedAgainIT() throws ReflectiveOperationException {
    node = new MoneyNode(database.database(), InstantSource.system());
  }

  /// A sequence is not rolled back: it counts the tries. An entry of kind 3 is a hold.
  @BeforeEach
  void prepare() {
    open(shop);
    open(other);
    database.sql().execute("CREATE SEQUENCE tries");
    database.sql().execute("CREATE TABLE collisions (most bigint)");
    database
        .sql()
        .execute(
            """
            CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              IF NEW.kind = 3 AND nextval('tries') <= (SELECT max(most) FROM collisions) THEN
                RAISE EXCEPTION 'somebody else was first' USING ERRCODE = 'serialization_failure';
              END IF;
              RETURN NEW;
            END $$
            """);
    database
        .sql()
        .execute(
            "CREATE TRIGGER collide AFTER INSERT ON ledger_entry"
                + " FOR EACH ROW EXECUTE FUNCTION collide()");
  }

  @Test
  void holdsOnceForASubmissionThatIsTriedAgain() {
    collide(3);

    BulkJob job = create(anSms("hello").to(10).to("+263771000000").withRequestId("once"));
    BulkJob again = create(anSms("hello").to(10).to("+263771000000").withRequestId("once"));

    assertThat(again.bulkId()).isEqualTo(job.bulkId());
    assertThat(job.counters().accepted()).isEqualTo(10);
    assertHeld(shop, 10);
    assertThat(job.billing().held()).isEqualTo(dollars(10 * PRICE));
    assertThat(chunks(job.id())).isEqualTo(3);
  }

  @Test
  void holdsOnceForAllWhoAskForTheSameAtTheSameTime() {
    collide(2);

    List<BulkJob> answers =
        Background.together(
            CALLERS, () -> create(anSms("hello").to(10).withRequestId("at the same time")));

    assertThat(answers).extracting(BulkJob::bulkId).containsOnly(answers.getFirst().bulkId());
    assertHeld(shop, 10);
  }

  @Test
  void keepsNothingOfWhatCollidesAgainAndAgain() {
    collide(4);

    assertThatThrownBy(() -> create(anSms("hello").to(10).withRequestId("never")))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal ->
                assertThat(refusal.error()).isInstanceOf(DomainError.StoreUnavailable.class));
    assertHeld(shop, 0);

    BulkJob job = create(anSms("hello").to(10).withRequestId("never"));

    assertThat(job.status()).isEqualTo(JobStatus.PENDING);
    assertHeld(shop, 10);
  }

  @Test
  void holdsOnceForAnUploadedChunkThatIsTriedAgainAndForOneThatComesTwiceAtOnce() {
    BulkJob open = create(anSms("hello").toBeUploaded());
    collide(3);

    AddBulkJobRecipients.Result first = add(open, 1, anSms("").to(9).to("+263771000000").entries());

    assertThat(first.report().accepted()).isEqualTo(9);
    assertHeld(shop, 9);
    collide(2);

    List<AddBulkJobRecipients.Result> answers =
        Background.together(CALLERS, () -> add(open, 2, anSms("").to(12).entries()));

    assertThat(answers)
        .extracting(AddBulkJobRecipients.Result::report)
        .containsOnly(answers.getFirst().report());
    assertHeld(shop, 12);
    assertThat(start(open).counters().accepted()).isEqualTo(12);
  }

  @Test
  void holdsOnceForARetryThatIsTriedAgain() {
    BulkJob failed = failed(6);
    long before = holds(shop);
    collide(2);

    List<BulkJob> answers =
        Background.together(CALLERS, () -> retry(node, failed, "the same retry"));

    assertThat(answers).extracting(BulkJob::bulkId).containsOnly(answers.getFirst().bulkId());
    assertThat(holds(shop) - before).isEqualTo(6 * PRICE);
    assertThat(balance(shop).held()).isEqualTo(dollars(6 * PRICE));
  }

  /// What it was accepted for is no debt where nothing costs anything any more: nothing is held for
  /// what failed, nothing is taken, and nothing is given back that was not held.
  @Test
  void aRetryCostsNothingWhereBillingWasSwitchedOffMeanwhile() throws Exception {
    BulkJob failed = failed(6);
    Balance before = balance(shop);
    MoneyNode free =
        new MoneyNode(database.database(), InstantSource.system(), BillingSettings.FREE);

    BulkJob retry = retry(free, failed, "");
    work(free, retry.id(), 4, new DispatchOutcome.Accepted("id"));
    work(free, retry.id(), 2, new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no"));

    assertThat(retry.billing().held()).isEqualTo(dollars(0));
    assertThat(balance(shop)).isEqualTo(before);
    assertThat(node.engine.ledger().bookedFor(retry.id())).isEmpty();
    BulkJob ended = find(retry);
    assertThat(ended.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(ended.billing().captured()).isEqualTo(dollars(0));

    BulkJob dearAgain = retry(node, ended, "");
    assertThat(dearAgain.billing().held()).isEqualTo(dollars(0));
    assertThat(balance(shop)).isEqualTo(before);
  }

  /// Each has one business's balance and wants the other's: PostgreSQL ends one of them, which is
  /// tried again.
  @Test
  void twoThatHoldCrosswiseBothComeThrough() {
    JobId ours = create(anSms("hello").to(1)).id();
    JobId theirs =
        call(other, () -> node.create.handle(anSms("hello").to(1).by(other.scope())).job().id());
    long held = holds(shop);
    CyclicBarrier both = new CyclicBarrier(2);

    Background<Integer> first = Background.start(() -> crosswise(shop, ours, other, theirs, both));
    Background<Integer> second = Background.start(() -> crosswise(other, theirs, shop, ours, both));

    assertThat(first.result() + second.result()).isGreaterThan(2);
    assertThat(holds(shop) - held).isEqualTo(2 * PRICE);
    assertThat(holds(other) - held).isEqualTo(2 * PRICE);
    assertThat(balance(shop).available()).isEqualTo(dollars(CREDIT - 3 * PRICE));
    assertThat(balance(other).available()).isEqualTo(dollars(CREDIT - 3 * PRICE));
  }

  /// Returns how often it was tried.
  private int crosswise(Shop mine, JobId job, Shop others, JobId theirJob, CyclicBarrier both) {
    List<Integer> tries = new ArrayList<>();
    node.engine
        .transactions()
        .run(() -> {
          tries.add(tries.size());
          hold(mine, job);
          if (tries.size() == 1) {
            meet(both);
          }
          hold(others, theirJob);
        });
    return tries.size();
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private void hold(Shop whose, JobId job) {
    var _ = node.engine.ledger().hold(whose.scope(), job, dollars(PRICE), "test", Instant.now());
  }

  private void open(Shop whose) {
    node.engine
        .transactions()
        .run(() -> node.engine.ledger().open(whose.scope(), dollars(CREDIT), Instant.now()));
  }

  /// The next so many holds meet somebody who was first.
  private void collide(int times) {
    database.sql().execute("ALTER SEQUENCE tries RESTART");
    database.sql().execute("INSERT INTO collisions VALUES (?)", times);
  }

  private BulkJob create(Submission submission) {
    return call(() -> node.create.handle(submission.by(shop.scope())).job());
  }

  private AddBulkJobRecipients.Result add(
      BulkJob job, long sequence, List<CreateBulkJob.Entry> entries) {
    return call(() ->
        node.add
            .handle(
                new AddBulkJobRecipients.Command(
                    shop.caller(), job.bulkId().toString(), sequence, entries))
            .store());
  }

  private BulkJob start(BulkJob job) {
    return call(() ->
        node.start.handle(
            new StartBulkJob.Command(
                shop.caller(), job.bulkId().toString(), "", OptionalLong.empty())));
  }

  private BulkJob retry(MoneyNode by, BulkJob job, String requestId) {
    return call(() ->
        by.retry.handle(
            new RetryBulkJob.Command(
                shop.caller(), job.bulkId().toString(), requestId, "", RetrySelection.DEFAULT)));
  }

  /// A job of so many messages that a carrier refused, all of them.
  private BulkJob failed(int messages) {
    BulkJob job = create(anSms("hello").to(messages));
    work(node, job.id(), messages, new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no"));
    BulkJob ended = find(job);
    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(balance(shop).available()).isEqualTo(dollars(CREDIT));
    return ended;
  }

  /// Has a carrier answer so to the next messages of a job.
  private static void work(MoneyNode by, JobId job, int messages, DispatchOutcome outcome) {
    int left = messages;
    while (left > 0) {
      Leasing leasing =
          by.settling.lease(
              job, new WorkerId("worker"), LEASE, (_, _, _) -> Marks.next(MoneyNode.CHUNK));
      LeasedChunk chunk = ((Leasing.Leased) leasing).chunk();
      List<Answer> answers =
          chunk.settled().marked().stream()
              .map(marked ->
                  new Answer(
                      marked.position(),
                      marked.attempt(),
                      marked.resent(),
                      outcome,
                      new Route(ScriptedCarrier.ID, ""),
                      Instant.now()))
              .toList();
      left -= answers.size();
      var _ = by.settling.settle(chunk.key(), chunk.lease(), answers, Marks.NONE, LEASE);
    }
  }

  private void assertHeld(Shop whose, int messages) {
    assertThat(holds(whose)).isEqualTo(messages * PRICE);
    assertThat(balance(whose).available()).isEqualTo(dollars(CREDIT - messages * PRICE));
    assertThat(balance(whose).held()).isEqualTo(dollars(messages * PRICE));
  }

  /// What the ledger says was ever held.
  private long holds(Shop whose) {
    return database
        .sql()
        .selectFrom(LEDGER_ENTRY)
        .where(LEDGER_ENTRY.BUSINESS_ID.eq(whose.scope().business().value()))
        .and(LEDGER_ENTRY.KIND.eq((short) EntryKind.HOLD.code()))
        .fetch()
        .stream()
        .mapToLong(entry -> entry.getAmount())
        .sum();
  }

  private int chunks(JobId job) {
    List<Integer> numbers =
        database
            .sql()
            .select(CHUNK.CHUNK_NO)
            .from(CHUNK)
            .where(CHUNK.JOB_ID.eq(job.value()))
            .fetch(row -> row.value1());
    assertThat(new HashSet<>(numbers)).hasSameSizeAs(numbers);
    return numbers.size();
  }

  private Balance balance(Shop whose) {
    return node.engine.ledger().balance(whose.scope()).orElseThrow();
  }

  private BulkJob find(BulkJob job) {
    return node.engine.jobs().find(shop.scope(), job.bulkId()).orElseThrow();
  }

  private <T> T call(Supplier<T> work) {
    return call(shop, work);
  }

  private <T> T call(Shop whose, Supplier<T> work) {
    return database.database().tenancy().call(whose.scope(), work);
  }

  private static Money dollars(long micros) {
    return new Money("USD", micros);
  }
}
