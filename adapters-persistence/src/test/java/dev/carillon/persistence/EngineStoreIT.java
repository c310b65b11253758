package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.StoreContract;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.BulkJobRepository.QuietJob;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.Lease;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.application.port.NextChunk;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.MessageTransition;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Query;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What the engine keeps in PostgreSQL, looked at where only PostgreSQL can go wrong.
@TestInstance(Lifecycle.PER_CLASS)
class EngineStoreIT extends StoreContract {
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final Route ROUTE = new Route(CARRIER, "");
  private static final SendWindow OFFICE_HOURS =
      new SendWindow(
          LocalTime.of(8, 30),
          LocalTime.of(17, 0),
          Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
          ZoneId.of("Africa/Harare"));

  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Test
  void keepsAPlanAndForgetsItsWindow() {
    StoredJob job =
        store(
            anSmsJob()
                .to(1)
                .dueAt(NOW)
                .until(NOW.plusSeconds(9))
                .within(OFFICE_HOURS)
                .perSecond(7)
                .misfiring(MisfirePolicy.SKIP)
                .onUnknown(UnknownPolicy.RESEND)
                .stoppingAt(40));
    assertThat(found(job).submission().plan())
        .isEqualTo(
            anSmsJob()
                .dueAt(NOW)
                .until(NOW.plusSeconds(9))
                .within(OFFICE_HOURS)
                .perSecond(7)
                .misfiring(MisfirePolicy.SKIP)
                .onUnknown(UnknownPolicy.RESEND)
                .stoppingAt(40)
                .newJob(scope())
                .submission()
                .plan());
    assertThat(controls(job).window()).isEqualTo(OFFICE_HOURS);

    assertThat(ports().jobs().update(job.id(), "renamed", 0, null, NOW)).isTrue();

    assertThat(found(job).submission().plan().window()).isNull();
    assertThat(found(job).submission().name()).isEqualTo("renamed");
    assertThat(controls(job).ratePerSecond()).isZero();
  }

  @Test
  void keepsDueTimesUntilTheNextRelease() {
    StoredJob job = store(anSmsJob().to(4));
    Map<Integer, Instant> due = Map.of(0, NOW.plusSeconds(30), 3, NOW.plusNanos(5_000));
    save(job, new LeaseChange.Release(NOW, due), Map.of(), _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);

    save(job, new LeaseChange.Keep(), Map.of(), _ -> {});
    save(job, new LeaseChange.Prolong(SHORT), Map.of(), _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);

    save(job, new LeaseChange.Take(WORKER, LONG), Map.of(), _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEqualTo(due);

    save(job, new LeaseChange.Release(NOW, Map.of()), Map.of(), _ -> {});
    assertThat(look(job.chunk(0)).dueTimes()).isEmpty();
  }

  @Test
  void sumsReasonsOverChanges() {
    StoredJob job = store(anSmsJob().to(8));
    assertThat(ports().jobs().reasons(job.id())).isEmpty();

    save(job, new LeaseChange.Keep(), Map.of(Reason.THROTTLED, 2), _ -> {});
    save(job, new LeaseChange.Keep(), Map.of(), _ -> {});
    save(
        job,
        new LeaseChange.Keep(),
        Map.of(Reason.THROTTLED, 3, Reason.CARRIER_REFUSED, 1),
        _ -> {});

    assertThat(ports().jobs().reasons(job.id()))
        .isEqualTo(Map.of(Reason.THROTTLED, 5L, Reason.CARRIER_REFUSED, 1L));
  }

  @Test
  void prolongsOnlyLivingLeasesOfTheSameFence() {
    StoredJob job = store(anSmsJob().to(3).chunksOf(1));
    lease(job, NOW, LONG);
    lease(job, NOW, LONG);
    long version = found(job).version();

    Set<ChunkKey> prolonged =
        ports()
            .chunks()
            .prolong(
                Map.of(
                    job.chunk(0), new Lease(WORKER, 1),
                    job.chunk(1), new Lease(WORKER, 2),
                    job.chunk(2), new Lease(WORKER, 0)),
                SHORT);

    assertThat(prolonged).containsExactly(job.chunk(0));
    assertThat(found(job).version()).isEqualTo(version);
    assertThat(ports().chunks().prolong(Map.of(), SHORT)).isEmpty();
  }

  @Test
  void saysWhenAJobIsWorthAskingAgain() {
    StoredJob job = store(anSmsJob().to(2).chunksOf(1));
    save(job, new LeaseChange.Release(NOW.plusSeconds(600), Map.of()), Map.of(), _ -> {});
    lease(job, NOW, Duration.ofSeconds(60));

    assertThat(next(job, NOW))
        .isInstanceOfSatisfying(
            NextChunk.Later.class,
            later ->
                assertThat(later.notBefore()).isBetween(NOW.plusSeconds(50), NOW.plusSeconds(60)));
    assertThat(next(job, NOW.plusSeconds(600))).isInstanceOf(NextChunk.Ready.class);
    assertThat(next(job, CREATED.plus(Duration.ofDays(3)))).isInstanceOf(NextChunk.Ready.class);
    assertThat(next(new StoredJob(new JobId(1L << 40), job.bulkId(), scope(), 1, 1), NOW))
        .isEqualTo(new NextChunk.None());
  }

  @Test
  void takesTheOldestOfEachBusinessAndPriority() {
    StoredJob first = store(anSmsJob().to(1));
    StoredJob second = store(anSmsJob().to(1));
    StoredJob third = store(anSmsJob().to(1));
    StoredJob urgent = store(anSmsJob().to(1).at(Priority.URGENT));
    StoredJob other = store(anSmsJob().to(1), database.newScope());
    StoredJob cancelled = storeAt(JobStatus.CANCELLING, anSmsJob().to(1).at(Priority.BULK));
    storeAt(JobStatus.PAUSED, anSmsJob().to(1));

    List<JobId> mine =
        Stream.of(first, second, third, urgent, other, cancelled).map(StoredJob::id).toList();
    assertThat(atWork(List.of(), 2))
        .filteredOn(mine::contains)
        .containsExactly(urgent.id(), first.id(), second.id(), other.id(), cancelled.id());
    assertThat(atWork(List.of(first.id(), urgent.id()), 2))
        .filteredOn(mine::contains)
        .containsExactly(second.id(), third.id(), other.id(), cancelled.id());
    assertThat(ports().jobs().atWork(List.of(), 1, 1_000))
        .filteredOn(job -> job.sweeping() && mine.contains(job.id()))
        .extracting(JobAtWork::id)
        .containsExactly(cancelled.id());
    assertThat(ports().jobs().atWork(List.of(), 1, 1))
        .extracting(JobAtWork::priority)
        .containsExactly(Priority.URGENT);
  }

  @Test
  void movesJobsWhoseTimeHasCome() {
    StoredJob late = store(scheduled(NOW.minusSeconds(90)).misfiring(MisfirePolicy.SKIP));
    StoredJob due = store(scheduled(NOW).misfiring(MisfirePolicy.SKIP));
    StoredJob ahead = store(scheduled(NOW.plusSeconds(1)));

    assertThat(ports().jobs().fallDue(NOW, NOW.minusSeconds(60), 10))
        .containsExactlyInAnyOrder(late.id(), due.id());

    assertThat(found(late).submission().plan().deadline()).isEqualTo(NOW);
    assertThat(found(due).submission().plan().deadline()).isAfter(NOW);
    assertThat(found(ahead).status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(ports().jobs().overdue(NOW, 10)).containsExactly(late.id());
  }

  @Test
  void tellsWhyAJobIsPausedUntilItGoesOn() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));

    assertThat(ports().jobs().pause(job.id(), PauseReason.FAILURE_RATE, NOW)).isTrue();
    assertThat(ports().jobs().pause(job.id(), PauseReason.OWNER, NOW)).isFalse();
    assertThat(found(job).life().pause()).isEqualTo(PauseReason.FAILURE_RATE);
    assertThat(controls(job).running()).isFalse();

    move(job.id(), JobTransition.RESUME, NOW);
    assertThat(found(job).life().pause()).isNull();
  }

  @Test
  void marksAJobBrokenOnce() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));

    assertThat(ports().jobs().markBroken(job.id(), NOW)).isTrue();
    assertThat(ports().jobs().markBroken(job.id(), NOW)).isFalse();

    assertThat(look(job.chunk(0)).terms().broken()).isTrue();
    assertThat(controls(job).running()).isFalse();
  }

  @Test
  void findsChunksThatNobodyComesTo() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2).chunksOf(1));
    lease(job, NOW, LONG);
    lease(job, NOW, Duration.ofNanos(1_000));
    assertThat(ports().chunks().lapsed(10)).isEmpty();

    ports().jobs().pause(job.id(), PauseReason.OWNER, NOW);

    assertThat(ports().chunks().lapsed(10)).containsExactly(job.chunk(1));
  }

  @Test
  void findsClosedChunksInDoubtByPolicy() {
    StoredJob job =
        storeAt(JobStatus.PROCESSING, anSmsJob().to(4).chunksOf(1).onUnknown(UnknownPolicy.FAIL));
    for (int number : List.of(0, 2, 3)) {
      change(
          job.chunk(number),
          chunk -> {
            chunk.move(number, MessageTransition.MARK);
            chunk.move(number, MessageTransition.LOSE_ANSWER);
          });
    }
    close(job.chunk(0));
    close(job.chunk(2));

    assertThat(ports().chunks().inDoubt(job.id(), -1, 10))
        .containsExactly(job.chunk(0), job.chunk(2), job.chunk(3));
    assertThat(ports().chunks().inDoubt(UnknownPolicy.FAIL, NOW, null, 10))
        .containsExactly(job.chunk(0), job.chunk(2));
    assertThat(ports().chunks().inDoubt(UnknownPolicy.FAIL, NOW, job.chunk(0), 10))
        .containsExactly(job.chunk(2));
    assertThat(ports().chunks().inDoubt(UnknownPolicy.FAIL, CREATED, null, 10)).isEmpty();
    assertThat(ports().chunks().inDoubt(UnknownPolicy.RESEND, NOW, null, 10)).isEmpty();
  }

  @Test
  void tellsOfJobsThatNothingIsHeardOf() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));

    assertThat(ports().jobs().quiet(NOW, 1_000))
        .filteredOn(quiet -> quiet.id().equals(job.id()))
        .extracting(QuietJob::due, QuietJob::status)
        .containsExactly(tuple(CREATED, JobStatus.PROCESSING));
    assertThat(ports().jobs().quiet(CREATED, 10)).isEmpty();
  }

  @Test
  void retriesByReasonAndNothingTwice() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(6).chunksOf(3));
    refuse(job, 1, Reason.CARRIER_REFUSED);
    refuse(job, 4, Reason.UNKNOWN_DESTINATION);
    change(job.chunk(1), chunk -> chunk.move(5, MessageTransition.EXPIRE));
    change(job.chunk(0), chunk -> lose(chunk, 0));

    assertThat(retryable(job, RetrySelection.DEFAULT)).containsExactly(1, 4, 5);
    assertThat(retryable(job, new RetrySelection(Set.of(), Set.of(), true))).containsExactly(0);
    assertThat(
            retryable(
                job,
                new RetrySelection(
                    Set.of(MessageStatus.FAILED), Set.of(Reason.UNKNOWN_DESTINATION), false)))
        .containsExactly(4);
    assertThat(ports().messages().retryable(job.id(), RetrySelection.DEFAULT, 1, 1))
        .containsExactly(new Retryable(4, 1, -1));

    StoredJob child = store(anSmsJob().retrying(job.bulkId()));
    ports()
        .transactions()
        .run(() -> ports().messages().copy(job.id(), List.of(4, 1), child.id(), 7));

    assertThat(retryable(job, RetrySelection.DEFAULT)).containsExactly(5);
    assertThat(ports().messages().load(new ChunkKey(child.id(), 0), 0, 10))
        .extracting(message -> message.position() + " " + message.address())
        .containsExactly("7 " + message(job, 4).address(), "8 " + message(job, 1).address());
  }

  @Test
  void appendsOnlyMissingAttempts() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    Attempt first = taken(0, false);
    Attempt second = taken(1, true);
    ports().transactions().run(() -> ports().log().appendAttempts(job.chunk(0), List.of(first)));

    ports()
        .transactions()
        .run(() -> ports().log().appendMissingAttempts(job.chunk(0), List.of(first, second)));

    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.MARK));
    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.ACCEPT));
    assertThat(message(job, 0).possibleDuplicate()).isFalse();
    assertThat(message(job, 1).possibleDuplicate()).isTrue();
  }

  @Test
  void namesTheCarrierOfWhatNobodyAnsweredFor() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    change(job.chunk(0), chunk -> lose(chunk, 0));

    Message lost = message(job, 0);
    assertThat(lost.last()).isEqualTo(new Message.LastHandOver("scripted", "", ""));
    assertThat(lost.updatedAt()).isEqualTo(CREATED);
    assertThat(message(job, 1).last()).isNull();
  }

  @Test
  void namesTheCarrierThatWasMarkedForWhatNobodyAnsweredFor() {
    CarrierId other = new CarrierId("another");
    int number = ports().carrierNumbers().of(other);
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(3));
    change(
        job.chunk(0),
        chunk -> {
          lose(chunk, 0);
          lose(chunk, 1);
          chunk.assign(1, number);
          chunk.assign(2, number);
        });

    assertThat(message(job, 0).last()).isEqualTo(new Message.LastHandOver("scripted", "", ""));
    assertThat(message(job, 1).last()).isEqualTo(new Message.LastHandOver("another", "", ""));
    assertThat(message(job, 2).last()).isNull();
    assertThat(
            database
                .storesOf(job.scope())
                .messages()
                .find(job.scope(), job.messageId(1))
                .orElseThrow()
                .last())
        .as("as calls see it")
        .isEqualTo(new Message.LastHandOver("another", "", ""));
  }

  @Test
  void keepsTimesThatNoClockCanMean() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    for (Instant wild : List.of(Instant.MIN, Instant.MAX)) {
      String words = wild.isAfter(NOW) ? "late" : "early";
      Receipt receipt =
          new Receipt(job.ref(0), ReceiptKind.DELIVERED, null, words, CARRIER, "", wild);
      ports().transactions().run(() -> ports().log().appendReceipts(List.of(receipt)));
    }

    List<Integer> years =
        database
            .sql()
            .fetch(
                "SELECT extract(year FROM at)::int FROM receipt WHERE job_id = ? ORDER BY at",
                job.id().value())
            .getValues(0, Integer.class);
    assertThat(years).containsExactly(-4713, 294276);
  }

  @Test
  void findsWorkByItsIndexes() {
    StoredJob job = store(anSmsJob().to(40).chunksOf(1));
    database.sql().execute("SET enable_seqscan = off");

    assertThat(plan(JobsAtWork.statement(database.sql(), List.of(job.id()), 4, 10)))
        .contains("job_at_work")
        .doesNotContain("Seq Scan on job");
    assertThat(plan(LockedChunks.ready(database.sql(), job.id(), NOW)))
        .contains("Index Scan using chunk_p0_job_id_chunk_no_idx")
        .doesNotContain("Sort");
  }

  @Test
  void changesChunksInPlace() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(4));
    long notInPlace =
        ports()
            .transactions()
            .inTransaction(() -> {
              long before = notInPlace();
              for (int round = 0; round < 5; round++) {
                save(job, new LeaseChange.Take(WORKER, LONG), Map.of(), _ -> {});
                save(
                    job,
                    new LeaseChange.Release(NOW, Map.of(1, NOW)),
                    Map.of(Reason.THROTTLED, 1),
                    chunk -> chunk.move(0, MessageTransition.MARK));
              }
              return notInPlace() - before;
            });

    assertThat(notInPlace).isZero();
  }

  /// Updates of chunks by this session, not yet reported to others, that had to touch an index.
  private long notInPlace() {
    return ((Session) ports().transactions())
        .sql()
        .fetchSingle(
            "SELECT n_tup_upd - n_tup_hot_upd FROM pg_stat_xact_user_tables"
                + " WHERE relname = 'chunk_p0'")
        .get(0, Long.class);
  }

  @Test
  void goesOnWithinSecondsWhenItsConnectionsAreCut() {
    StoredJob job = store(anSmsJob().to(1));
    assertThat(next(job, NOW)).isInstanceOf(NextChunk.Ready.class);

    database
        .sql()
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name LIKE 'carillon-%'");

    int failures = 0;
    while (failures < 100 && !answers(job)) {
      failures++;
    }
    assertThat(failures).isLessThan(100);
  }

  /// What fails must fail as a store that is away, and at once.
  private boolean answers(StoredJob job) {
    try {
      return next(job, NOW) instanceof NextChunk.Ready;
    } catch (DomainException away) {
      assertThat(away.error()).isInstanceOf(DomainError.StoreUnavailable.class);
      return false;
    }
  }

  private String plan(Query query) {
    return database.sql().explain(query).plan();
  }

  private List<JobId> atWork(List<JobId> without, int perBusiness) {
    return ports().jobs().atWork(without, perBusiness, 1_000).stream().map(JobAtWork::id).toList();
  }

  private JobControls controls(StoredJob job) {
    return Objects.requireNonNull(ports().jobs().controls(List.of(job.id())).get(job.id()));
  }

  private NextChunk next(StoredJob job, Instant now) {
    return ports().transactions().inTransaction(() -> ports().chunks().lockNext(job.id(), now));
  }

  private List<Integer> retryable(StoredJob job, RetrySelection selection) {
    return ports().messages().retryable(job.id(), selection, -1, 100).stream()
        .map(Retryable::position)
        .toList();
  }

  private Message message(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow();
  }

  private void refuse(StoredJob job, int position, Reason reason) {
    DispatchOutcome outcome = new DispatchOutcome.Rejected(reason, "");
    Attempt attempt = Attempt.of(position, 1, false, outcome, ROUTE, NOW);
    ChunkKey key = job.ref(position).chunkKey();
    ports().transactions().run(() -> ports().log().appendAttempts(key, List.of(attempt)));
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, MessageTransition.MARK);
          chunk.move(position, MessageTransition.FAIL);
        });
  }

  private static void lose(Chunk chunk, int position) {
    chunk.move(position, MessageTransition.MARK);
    chunk.move(position, MessageTransition.RESCUE);
  }

  private static Attempt taken(int position, boolean resent) {
    return Attempt.of(
        position, 1, resent, new DispatchOutcome.Accepted("id-" + position), ROUTE, NOW);
  }

  private static JobFixture scheduled(Instant sendTime) {
    return anSmsJob().to(1).inStatus(JobStatus.SCHEDULED).dueAt(sendTime);
  }

  private void save(
      StoredJob job, LeaseChange lease, Map<Reason, Integer> reasons, Consumer<Chunk> change) {
    ports()
        .transactions()
        .run(() -> {
          Chunk chunk = ports().chunks().lock(List.of(job.chunk(0))).getFirst().chunk();
          change.accept(chunk);
          ports().chunks().save(List.of(new ChunkChange(chunk, lease, false, reasons)));
        });
  }
}
