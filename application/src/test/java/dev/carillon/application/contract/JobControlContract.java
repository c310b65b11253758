package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.BulkJobRepository.QuietJob;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageTransition;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of jobs keeps for those who steer them and for the house's own loops.
public abstract class JobControlContract extends StoreContract {
  private static final int MANY = 1_000;
  private static final MisfirePolicy SKIP = MisfirePolicy.SKIP;
  private static final SendWindow NIGHTS =
      new SendWindow(
          LocalTime.of(20, 30),
          LocalTime.of(6, 0),
          Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
          ZoneId.of("Africa/Harare"));

  @Test
  void keepsThePlanAsItWasGiven() {
    JobFixture fixture =
        anSmsJob()
            .to(1)
            .dueAt(NOW)
            .until(NOW.plusSeconds(60))
            .within(NIGHTS)
            .perSecond(17)
            .misfiring(MisfirePolicy.SKIP)
            .stoppingAt(30);
    StoredJob job = store(fixture);

    assertThat(found(job).submission()).isEqualTo(fixture.newJob(scope()).submission());
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void tellsWhetherAJobRuns(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1).perSecond(9).within(NIGHTS));

    assertThat(ports().jobs().controls(List.of(job.id())))
        .isEqualTo(Map.of(job.id(), new JobControls(status.isRunning(), 9, NIGHTS)));
  }

  @Test
  void tellsTheControlsOfManyAndLeavesOutTheMissing() {
    StoredJob one = store(anSmsJob().to(1));
    StoredJob broken = store(anSmsJob().to(1).perSecond(3));
    ports().jobs().markBroken(broken.id(), NOW);

    assertThat(ports().jobs().controls(List.of(one.id(), broken.id(), new JobId(Long.MAX_VALUE))))
        .isEqualTo(
            Map.of(
                one.id(),
                new JobControls(true, 0, null),
                broken.id(),
                new JobControls(false, 3, null)));
    assertThat(ports().jobs().controls(List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void offersWorkersTheJobsThatMayHaveSomething(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1).by("smpp-1").at(Priority.URGENT));
    boolean cancelling = status == JobStatus.CANCELLING;

    List<JobAtWork> expected =
        status.isRunning() || cancelling
            ? List.of(
                new JobAtWork(
                    job.id(),
                    scope().business(),
                    Priority.URGENT,
                    new CarrierId("smpp-1"),
                    cancelling))
            : List.of();
    assertThat(ports().jobs().atWork(List.of(), MANY, MANY)).isEqualTo(expected);
  }

  @Test
  void saysThatABrokenJobIsOnlyToBeSwept() {
    StoredJob job = store(anSmsJob().to(1));
    ports().jobs().markBroken(job.id(), NOW);

    assertThat(ports().jobs().atWork(List.of(), MANY, MANY))
        .singleElement()
        .satisfies(work -> assertThat(work.sweeping()).isTrue());
  }

  @Test
  void offersTheOldestOfEachBusinessAndPriority() {
    Scope other = ports().newScope().get();
    StoredJob bulk = store(anSmsJob().to(1).at(Priority.BULK));
    StoredJob first = store(anSmsJob().to(1));
    StoredJob second = store(anSmsJob().to(1));
    StoredJob third = store(anSmsJob().to(1));
    StoredJob others = store(anSmsJob().to(1), other);
    StoredJob othersUrgent = store(anSmsJob().to(1).at(Priority.URGENT), other);
    StoredJob test = store(anSmsJob().to(1).at(Priority.BULK), testScope());

    assertThat(atWork(List.of(), 1, MANY)).containsExactly(othersUrgent, first, others, bulk);
    assertThat(atWork(List.of(), 2, MANY))
        .containsExactly(othersUrgent, first, second, others, bulk, test);
    assertThat(atWork(List.of(), 1, 2)).containsExactly(othersUrgent, first);
    assertThat(atWork(List.of(first, othersUrgent, bulk), 1, MANY))
        .containsExactly(second, others, test);
    assertThat(atWork(List.of(first, second, third), 3, MANY))
        .containsExactly(othersUrgent, others, bulk, test);
  }

  @ParameterizedTest
  @EnumSource(PauseReason.class)
  void pausesWithItsReasonAndForgetsItWhenResumed(PauseReason reason) {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));

    assertThat(ports().jobs().pause(job.id(), reason, NOW)).isTrue();
    assertThat(ports().jobs().pause(job.id(), reason, NOW.plusSeconds(1))).isFalse();
    assertThat(found(job).status()).isEqualTo(JobStatus.PAUSED);
    assertThat(found(job).life().pause()).isEqualTo(reason);
    assertThat(found(job).life().updatedAt()).isEqualTo(NOW);

    move(job.id(), JobTransition.RESUME, NOW.plusSeconds(2));
    assertThat(found(job).life().pause()).isNull();
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void pausesWhereTheTableSays(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1));
    BulkJob before = found(job);

    boolean paused = ports().jobs().pause(job.id(), PauseReason.FAILURE_RATE, NOW);

    assertThat(paused).isEqualTo(JobTransition.PAUSE.allows(status));
    if (!paused) {
      assertThat(found(job)).isEqualTo(before);
    }
  }

  @Test
  void showsAJobThatWasPausedBeforeItBeganAsPending() {
    StoredJob job = store(anSmsJob().to(3));
    ports().jobs().pause(job.id(), PauseReason.OWNER, NOW);
    assertThat(counters(job).pending()).isEqualTo(3);

    move(job.id(), JobTransition.RESUME_TO_PENDING, NOW);
    move(job.id(), JobTransition.BEGIN, NOW);
    ports().jobs().pause(job.id(), PauseReason.OWNER, NOW);
    assertThat(counters(job).pending()).isZero();
    assertThat(counters(job).queued()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void breaksOnceAndNothingThatHasEnded(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1));
    BulkJob before = found(job);

    assertThat(ports().jobs().markBroken(job.id(), NOW)).isEqualTo(!status.isEnd());
    assertThat(ports().jobs().markBroken(job.id(), NOW)).isFalse();
    assertThat(found(job).status()).isEqualTo(status);
    if (!status.isEnd()) {
      assertThat(found(job).version()).isGreaterThan(before.version());
      assertThat(ports().transactions().inTransaction(() -> ports().jobs().lock(job.id())).broken())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(JobStatus.class)
  void updatesWhatHasNotEnded(JobStatus status) {
    StoredJob job = storeAt(status, anSmsJob().to(1).named("before").perSecond(5));
    BulkJob before = found(job);

    boolean updated = ports().jobs().update(job.id(), "☃ after", 9, NIGHTS, NOW);

    assertThat(updated).isEqualTo(!status.isEnd());
    if (updated) {
      BulkJob after = found(job);
      assertThat(after.submission().name()).isEqualTo("☃ after");
      assertThat(after.submission().plan().ratePerSecond()).isEqualTo(9);
      assertThat(after.submission().plan().window()).isEqualTo(NIGHTS);
      assertThat(after.submission().plan().deadline())
          .isEqualTo(before.submission().plan().deadline());
      assertThat(after.version()).isGreaterThan(before.version());
      assertThat(ports().jobs().update(job.id(), "none", 0, null, NOW)).isTrue();
      assertThat(found(job).submission().plan().window()).isNull();
    } else {
      assertThat(found(job)).isEqualTo(before);
    }
  }

  @Test
  void letsScheduledJobsFallDueAtTheirTime() {
    StoredJob due = scheduled(anSmsJob().dueAt(NOW));
    StoredJob past = scheduled(anSmsJob().dueAt(NOW.minusSeconds(900)));
    StoredJob ahead = scheduled(anSmsJob().dueAt(NOW.plusMillis(1)));
    StoredJob paused = scheduled(anSmsJob().dueAt(NOW));
    ports().jobs().pause(paused.id(), PauseReason.OWNER, NOW);

    assertThat(ports().jobs().fallDue(NOW, NOW.minusSeconds(60), MANY))
        .containsExactlyInAnyOrder(due.id(), past.id());

    assertThat(found(due).status()).isEqualTo(JobStatus.PENDING);
    assertThat(found(past).status()).isEqualTo(JobStatus.PENDING);
    assertThat(found(past).submission().plan().deadline()).isAfter(NOW);
    assertThat(found(ahead).status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(found(paused).status()).isEqualTo(JobStatus.PAUSED);
    assertThat(ports().jobs().fallDue(NOW, NOW, MANY)).isEmpty();
  }

  @Test
  void letsAJobExpireThatMissedItsTimeAndSkips() {
    Instant misfired = NOW.minusSeconds(60);
    StoredJob missed = scheduled(anSmsJob().dueAt(misfired.minusMillis(1)).misfiring(SKIP));
    StoredJob inTime = scheduled(anSmsJob().dueAt(misfired).misfiring(SKIP));

    ports().jobs().fallDue(NOW, misfired, MANY);

    assertThat(found(missed).submission().plan().deadline()).isEqualTo(NOW);
    assertThat(look(missed.chunk(0)).terms().sweep(NOW)).contains(MessageTransition.EXPIRE);
    assertThat(found(inTime).submission().plan().deadline()).isAfter(NOW);
  }

  @Test
  void letsAsManyFallDueAsItMay() {
    for (int i = 0; i < 3; i++) {
      scheduled(anSmsJob().dueAt(NOW.minusSeconds(i)));
    }

    assertThat(ports().jobs().fallDue(NOW, NOW, 2)).hasSize(2);
    assertThat(ports().jobs().fallDue(NOW, NOW, 2)).hasSize(1);
  }

  @Test
  void findsOverdueJobsTheOldestDeadlineFirst() {
    StoredJob second = store(anSmsJob().to(1).until(NOW));
    StoredJob first = store(anSmsJob().to(1).until(NOW.minusSeconds(5)));
    StoredJob paused = storeAt(JobStatus.PAUSED, anSmsJob().to(1).until(NOW.minusSeconds(2)));
    store(anSmsJob().to(1).until(NOW.plusMillis(1)));
    storeAt(JobStatus.COMPLETED, anSmsJob().to(1).until(NOW.minusSeconds(9)));

    assertThat(ports().jobs().overdue(NOW, MANY))
        .containsExactly(first.id(), paused.id(), second.id());
    assertThat(ports().jobs().overdue(NOW, 1)).containsExactly(first.id());
  }

  @Test
  void findsEndedJobsThatHaveNotSettled() {
    StoredJob second = ended(NOW.minusSeconds(5));
    StoredJob first = ended(NOW.minusSeconds(9));
    StoredJob settled = ended(NOW.minusSeconds(9));
    ended(NOW);
    storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    ports().transactions().run(() -> ports().jobs().settle(settled.id(), NOW));

    assertThat(ports().jobs().unsettled(NOW, MANY)).containsExactly(first.id(), second.id());
    assertThat(ports().jobs().unsettled(NOW, 1)).containsExactly(first.id());
  }

  @Test
  void findsJobsThatHaveBeenQuietTheLongestFirst() {
    Instant far = NOW.plus(Duration.ofDays(36_500));
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2).chunksOf(1));
    StoredJob cancelling = storeAt(JobStatus.CANCELLING, anSmsJob().to(1));
    storeAt(JobStatus.PAUSED, anSmsJob().to(1));
    storeAt(JobStatus.COMPLETED, anSmsJob().to(1));
    ports()
        .transactions()
        .run(() ->
            List.of(0, 1)
                .forEach(number ->
                    change(
                        job.chunk(number),
                        new LeaseChange.Release(far.minusSeconds(number), Map.of()),
                        _ -> {})));

    List<QuietJob> quiet = ports().jobs().quiet(far, MANY);

    assertThat(quiet).extracting(QuietJob::id).containsExactlyInAnyOrder(job.id(), cancelling.id());
    assertThat(quiet).isSortedAccordingTo((a, b) -> a.changedAt().compareTo(b.changedAt()));
    QuietJob found =
        quiet.stream().filter(one -> one.id().equals(job.id())).findFirst().orElseThrow();
    assertThat(found.bulkId()).isEqualTo(job.bulkId());
    assertThat(found.status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(found.due()).isEqualTo(far.minusSeconds(1));
    assertThat(found.changedAt()).isAfterOrEqualTo(found(job).life().updatedAt());
    assertThat(ports().jobs().quiet(far, 1))
        .extracting(QuietJob::id)
        .containsExactly(quiet.getFirst().id());
    assertThat(ports().jobs().quiet(CREATED, MANY)).isEmpty();
  }

  @Test
  void growsByWhatIsCopiedIntoIt() {
    StoredJob job = store(anSmsJob().to(2));
    long parts = found(job).billing().parts();
    long version = found(job).version();

    ports().transactions().run(() -> ports().jobs().grow(job.id(), 3, 40, Bill.free("USD")));

    assertThat(found(job).billing().parts()).isEqualTo(parts + 40);
    assertThat(found(job).version()).isGreaterThan(version);
    assertThat(
            ports().transactions().inTransaction(() -> ports().jobs().lock(job.id())).openChunks())
        .isEqualTo(4);
  }

  @Test
  void locksAJobWithinItsScope() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    Scope stranger = ports().newScope().get();

    assertThat(locked(scope(), job)).contains(found(job));
    assertThat(locked(stranger, job)).isEmpty();
    assertThat(locked(testScope(), job)).isEmpty();
  }

  @Test
  void addsUpTheReasonsOfItsChunks() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(4).chunksOf(2));
    assertThat(ports().jobs().reasons(job.id())).isEmpty();

    note(job, 0, Map.of(Reason.THROTTLED, 3, Reason.CARRIER_REFUSED, 1));
    note(job, 0, Map.of());
    note(job, 0, Map.of(Reason.THROTTLED, 2));
    note(job, 1, Map.of(Reason.CARRIER_REFUSED, 1, Reason.OUTCOME_UNKNOWN, 7));

    assertThat(ports().jobs().reasons(job.id()))
        .isEqualTo(
            Map.of(Reason.THROTTLED, 5L, Reason.CARRIER_REFUSED, 2L, Reason.OUTCOME_UNKNOWN, 7L));
    assertThat(ports().jobs().reasons(new JobId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void takesBackReasonsThatWereNotSoAfterAll() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(4).chunksOf(2));
    note(job, 0, Map.of(Reason.OUTCOME_UNKNOWN, 3));

    note(job, 0, Map.of(Reason.OUTCOME_UNKNOWN, -2, Reason.CARRIER_REFUSED, 1));
    assertThat(ports().jobs().reasons(job.id()))
        .isEqualTo(Map.of(Reason.OUTCOME_UNKNOWN, 1L, Reason.CARRIER_REFUSED, 1L));

    note(job, 0, Map.of(Reason.OUTCOME_UNKNOWN, -1));
    assertThat(ports().jobs().reasons(job.id())).isEqualTo(Map.of(Reason.CARRIER_REFUSED, 1L));
  }

  @Test
  void takesNothingBackFromOtherChunks() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(4).chunksOf(2));
    note(job, 0, Map.of(Reason.OUTCOME_UNKNOWN, 3));

    note(job, 1, Map.of(Reason.OUTCOME_UNKNOWN, -2));

    assertThat(ports().jobs().reasons(job.id())).isEqualTo(Map.of(Reason.OUTCOME_UNKNOWN, 3L));
  }

  @Test
  void countsWhatIsInFlight() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(6).chunksOf(2));
    assertThat(ports().jobs().inFlight(job.id())).isZero();

    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.MARK));
    change(
        job.chunk(2),
        chunk -> {
          chunk.move(4, MessageTransition.MARK);
          chunk.move(5, MessageTransition.MARK);
          chunk.move(5, MessageTransition.LOSE_ANSWER);
        });

    assertThat(ports().jobs().inFlight(job.id())).isEqualTo(3);
  }

  private StoredJob scheduled(JobFixture fixture) {
    return store(fixture.to(1).inStatus(JobStatus.SCHEDULED));
  }

  private StoredJob ended(Instant at) {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    move(job.id(), JobTransition.END_COMPLETED, at);
    return job;
  }

  private void note(StoredJob job, int number, Map<Reason, Integer> reasons) {
    ports()
        .transactions()
        .run(() -> {
          Chunk chunk = ports().chunks().lock(List.of(job.chunk(number))).getFirst().chunk();
          ports()
              .chunks()
              .save(List.of(new ChunkChange(chunk, new LeaseChange.Keep(), false, reasons)));
        });
  }

  private Optional<BulkJob> locked(Scope owner, StoredJob job) {
    return ports().transactions().inTransaction(() -> ports().jobs().lock(owner, job.bulkId()));
  }

  /// Of the jobs of this test, those at work.
  private List<StoredJob> atWork(Collection<StoredJob> without, int perBusiness, int limit) {
    List<JobAtWork> work =
        ports().jobs().atWork(without.stream().map(StoredJob::id).toList(), perBusiness, limit);
    return work.stream().map(JobAtWork::id).map(this::ofTest).toList();
  }

  private StoredJob ofTest(JobId id) {
    BulkJob job = ports().jobs().findAll(List.of(id)).getFirst();
    return new StoredJob(id, job.bulkId(), job.scope(), 1, 4);
  }
}
