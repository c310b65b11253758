package dev.carillon.application.settling;

import static dev.carillon.application.fixture.House.aReceipt;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final Duration LEASE = House.LEASE;
  private static final WorkerId OTHER = new WorkerId("worker-2");
  private static final DispatchOutcome ACCEPTED = new DispatchOutcome.Accepted("c-1");
  private static final DispatchOutcome REJECTED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
  private static final DispatchOutcome THROTTLED = new DispatchOutcome.Throttled(null);
  private static final DispatchOutcome UNREACHABLE =
      new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
  private static final DispatchOutcome UNCONFIRMED = new DispatchOutcome.Unconfirmed("lost");
  private static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();

  private final House house = new House(ScriptedCarrier.withWindow(10));

  @Test
  void leasesAndMarksTheFirstWindowInOneCommit() {
    StoredJob job = house.stored(anSmsJob().to(4));
    long commits = house.store.commits();

    LeasedChunk leased = lease(job, 3);

    assertThat(house.store.commits()).isEqualTo(commits + 1);
    assertThat(leased.key()).isEqualTo(job.chunk(0));
    assertThat(leased.settled().marked()).containsExactly(marked(0, 1), marked(1, 1), marked(2, 1));
    assertThat(states(job)).containsExactly("IN_FLIGHT", "IN_FLIGHT", "IN_FLIGHT", "QUEUED");
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(house.job(job).life().startedAt()).isEqualTo(house.clock.instant());
    assertThat(house.events(job)).containsExactly(EventType.BULK_STARTED);
  }

  @Test
  void startsAJobOnce() {
    StoredJob job = house.stored(anSmsJob().to(8));
    lease(1);
    house.clock.advance(Duration.ofSeconds(1));
    lease(1);

    assertThat(house.events(job)).containsExactly(EventType.BULK_STARTED);
    assertThat(house.job(job).life().startedAt()).isEqualTo(JobFixture.CREATED);
  }

  @Test
  void doesNotStartAJobOfWhichNothingIsMarked() {
    StoredJob job = house.stored(anSmsJob().to(4));

    lease(0);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.PENDING);
    assertThat(house.events(job)).isEmpty();
  }

  @Test
  void movesEachMessageAsItsAnswerMeans() {
    StoredJob job = house.stored(anSmsJob().to(6).chunksOf(6));
    LeasedChunk leased = lease(6);

    Settled settled =
        settle(
            leased,
            Marks.NONE,
            answer(0, ACCEPTED),
            answer(1, REJECTED),
            answer(2, THROTTLED),
            answer(3, UNREACHABLE),
            answer(4, UNCONFIRMED),
            answer(5, WITHDRAWN));

    assertThat(states(job))
        .containsExactly("SENT", "FAILED", "QUEUED", "QUEUED", "UNKNOWN", "QUEUED");
    assertThat(attempts(job)).containsExactly(1, 1, 0, 1, 1, 0);
    assertThat(settled.leaseAlive()).isTrue();
    assertThat(settled.jobRuns()).isTrue();
    assertThat(settled.closed()).isFalse();
  }

  @Test
  void keepsAnAttemptOfEveryAnswerThatCounts() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(4);

    settle(
        leased,
        Marks.NONE,
        answer(0, ACCEPTED),
        answer(1, UNREACHABLE),
        answer(2, THROTTLED),
        answer(3, WITHDRAWN));

    assertThat(house.store.log().attempts(job.id(), 0))
        .containsExactly(
            new Attempt(
                0,
                1,
                false,
                OutcomeKind.ACCEPTED,
                null,
                "",
                ScriptedCarrier.ID,
                "",
                "c-1",
                List.of(),
                house.clock.instant()));
    assertThat(house.store.log().attempts(job.id(), 1))
        .extracting(Attempt::kind)
        .containsExactly(OutcomeKind.UNREACHABLE);
    assertThat(house.store.log().attempts(job.id(), 2)).isEmpty();
    assertThat(house.store.log().attempts(job.id(), 3)).isEmpty();
  }

  @Test
  void settlesAndMarksTheNextInOneCommit() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(2);
    long commits = house.store.commits();

    Settled settled = settle(leased, Marks.next(1), answer(0, ACCEPTED));

    assertThat(house.store.commits()).isEqualTo(commits + 1);
    assertThat(settled.marked()).containsExactly(marked(2, 1));
    assertThat(states(job)).containsExactly("SENT", "IN_FLIGHT", "IN_FLIGHT", "QUEUED");
  }

  @Test
  void marksOnlyWhatIsReady() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(1);

    Settled settled = settle(leased, new Marks(9, position -> position != 2));

    assertThat(settled.marked()).containsExactly(marked(1, 1), marked(3, 1));
    assertThat(states(job)).containsExactly("IN_FLIGHT", "IN_FLIGHT", "QUEUED", "IN_FLIGHT");
  }

  @Test
  void failsAMessageWhoseAttemptsAreUsedUp() {
    StoredJob job = house.stored(anSmsJob().to(2));
    LeasedChunk leased = lease(1);
    for (int attempt = 1; attempt <= 5; attempt++) {
      assertThat(states(job)).as("before answer %d", attempt).startsWith("IN_FLIGHT");
      Marks first = new Marks(attempt < 5 ? 1 : 0, position -> position == 0);
      settle(leased, first, answer(0, attempt, UNREACHABLE));
    }

    assertThat(states(job)).containsExactly("FAILED", "QUEUED");
    assertThat(house.job(job).counters().retries()).isEqualTo(4);
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(5);
  }

  @Test
  void rollsAllOfASettlingBackWhenOnePartFails() {
    StoredJob job = house.stored(anSmsJob().to(2));
    LeasedChunk leased = lease(2);
    settle(leased, Marks.NONE, answer(0, ACCEPTED));
    Counters before = house.job(job).counters();

    assertThatThrownBy(() -> settle(leased, Marks.NONE, answer(1, ACCEPTED), answer(0, ACCEPTED)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(house.job(job).counters()).isEqualTo(before);
    assertThat(states(job)).containsExactly("SENT", "IN_FLIGHT");
    assertThat(house.store.log().attempts(job.id(), 1)).isEmpty();
  }

  @Test
  void closesTheChunkAndEndsTheJobWithTheLastAnswer() {
    StoredJob job = house.stored(anSmsJob().to(2).leavingOut(Reason.DUPLICATE));
    LeasedChunk leased = lease(2);
    house.clock.advance(Duration.ofSeconds(7));

    Settled settled = settle(leased, Marks.NONE, answer(0, ACCEPTED), answer(1, ACCEPTED));

    assertThat(settled.closed()).isTrue();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).life().endedAt()).isEqualTo(house.clock.instant());
    assertThat(house.job(job).life().settledAt()).isNull();
    assertThat(house.events(job)).containsExactly(EventType.BULK_STARTED, EventType.BULK_COMPLETED);
    JobEvent end = house.store.outbox().of(job.id()).getLast();
    assertThat(end)
        .isEqualTo(
            new JobEvent(
                EventType.BULK_COMPLETED,
                job.bulkId(),
                JobStatus.COMPLETED,
                3,
                2,
                0,
                house.clock.instant()));
    assertThat(lease()).isFalse();
  }

  @Test
  void endsAJobWithItsLastChunkOnly() {
    StoredJob job = house.stored(anSmsJob().to(8));
    LeasedChunk first = lease(4);
    LeasedChunk second = lease(4);

    settleAll(second, ACCEPTED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PROCESSING);
    settleAll(first, ACCEPTED);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void endsAJobAsItsCountersSay() {
    assertThat(endOf(ACCEPTED, ACCEPTED)).isEqualTo(JobStatus.COMPLETED);
    assertThat(endOf(ACCEPTED, REJECTED)).isEqualTo(JobStatus.PARTIAL);
    assertThat(endOf(ACCEPTED, UNCONFIRMED)).isEqualTo(JobStatus.PARTIAL);
    assertThat(endOf(REJECTED, UNCONFIRMED)).isEqualTo(JobStatus.PARTIAL);
    assertThat(endOf(REJECTED, REJECTED)).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void tellsWhyAJobFailedAndThatNothingMoreCanCome() {
    StoredJob job = house.stored(anSmsJob().to(2));
    settleAll(lease(2), REJECTED);

    assertThat(house.job(job).life().error()).isEqualTo(JobError.ALL_MESSAGES_FAILED);
    assertThat(house.job(job).life().settledAt()).isEqualTo(house.clock.instant());
    assertThat(house.events(job))
        .containsExactly(EventType.BULK_STARTED, EventType.BULK_FAILED, EventType.BULK_SETTLED);
  }

  @Test
  void tellsAPartialEndAsCompletedWithItsStatus() {
    StoredJob job = house.stored(anSmsJob().to(2));
    settle(lease(2), Marks.NONE, answer(0, ACCEPTED), answer(1, REJECTED));

    JobEvent end = house.store.outbox().of(job.id()).getLast();
    assertThat(end.type()).isEqualTo(EventType.BULK_COMPLETED);
    assertThat(end.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(end.failureCount()).isEqualTo(1);
  }

  @Test
  void endsAPausedJobWhoseLastAnswersComeIn() {
    StoredJob job = house.stored(anSmsJob().to(2));
    LeasedChunk leased = lease(2);
    move(job, JobTransition.PAUSE);

    settleAll(leased, ACCEPTED);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void marksNothingOfAPausedJob() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(1);
    move(job, JobTransition.PAUSE);

    Settled settled = settle(leased, Marks.next(3), answer(0, ACCEPTED));

    assertThat(settled.marked()).isEmpty();
    assertThat(settled.jobRuns()).isFalse();
    assertThat(settled.leaseAlive()).isTrue();
    assertThat(states(job)).containsExactly("SENT", "QUEUED", "QUEUED", "QUEUED");
  }

  @Test
  void prolongsTheLeaseWithEverySettling() {
    house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(1);
    for (int round = 0; round < 5; round++) {
      house.pass(LEASE.minusMillis(1));
      assertThat(settle(leased, Marks.NONE).leaseAlive()).isTrue();
    }
    house.pass(LEASE);
    assertThat(settle(leased, Marks.NONE).leaseAlive()).isFalse();
  }

  @Test
  void makesUnknownWhatALapsedLeaseLeftMarked() {
    StoredJob job = house.stored(anSmsJob().to(4));
    lease(2);
    assertThat(lease()).isFalse();
    house.pass(LEASE);

    LeasedChunk rescued = lease(1);

    assertThat(states(job)).containsExactly("UNKNOWN", "UNKNOWN", "IN_FLIGHT", "QUEUED");
    assertThat(rescued.settled().marked()).containsExactly(marked(2, 1));
    assertThat(rescued.lease().fence()).isEqualTo(2);
  }

  @Test
  void endsAJobWhoseLastMessagesWereRescued() {
    StoredJob job = house.stored(anSmsJob().to(2));
    lease(2);
    house.pass(LEASE);

    LeasedChunk rescued = lease(2);

    assertThat(rescued.settled().closed()).isTrue();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(house.job(job).counters().unknown()).isEqualTo(2);
    assertThat(house.job(job).life().settledAt()).isNull();
  }

  @Test
  void marksNothingForAWorkerWhoseLeaseLapsed() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk lapsed = lease(1);
    house.pass(LEASE);

    Settled settled = settle(lapsed, Marks.next(3), answer(0, ACCEPTED));

    assertThat(settled.leaseAlive()).isFalse();
    assertThat(settled.marked()).isEmpty();
    assertThat(states(job)).containsExactly("SENT", "QUEUED", "QUEUED", "QUEUED");
  }

  @Test
  void countsTheLateAnswersOfAWorkerThatLostItsLease() {
    StoredJob job = house.stored(anSmsJob().to(6).chunksOf(6));
    LeasedChunk lost = lease(4);
    house.pass(LEASE);
    LeasedChunk taken = lease(1, OTHER);

    Settled settled =
        settle(
            lost,
            Marks.next(3),
            answer(0, ACCEPTED),
            answer(1, REJECTED),
            answer(2, UNREACHABLE),
            answer(3, UNCONFIRMED));

    assertThat(settled.leaseAlive()).isFalse();
    assertThat(settled.marked()).isEmpty();
    assertThat(states(job))
        .containsExactly("SENT", "FAILED", "QUEUED", "UNKNOWN", "IN_FLIGHT", "QUEUED");
    assertThat(settle(taken, Marks.NONE).leaseAlive()).isTrue();
  }

  @Test
  void doesNotProlongNorReleaseTheLeaseOfAnother() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk lost = lease(1);
    house.pass(LEASE);
    lease(1, OTHER);
    house.pass(LEASE.dividedBy(2));

    settle(lost, Marks.NONE);
    house.settling.release(lost.key(), lost.lease(), house.clock.instant(), Map.of());

    assertThat(house.store.chunks().isLeased(job.chunk(0))).isTrue();
    house.pass(LEASE.dividedBy(2));
    assertThat(house.store.chunks().isLeased(job.chunk(0))).isFalse();
  }

  @Test
  void takesNoAnswerToAnOlderAttemptForOneToTheAttemptAtTheCarrier() {
    StoredJob job = house.stored(anSmsJob().to(2));
    LeasedChunk first = lease(1);
    settle(first, new Marks(1, position -> position == 0), answer(0, 1, UNREACHABLE));
    assertThat(attempts(job)).startsWith(2);

    for (DispatchOutcome late : List.of(THROTTLED, WITHDRAWN, REJECTED, UNCONFIRMED)) {
      settle(first, Marks.NONE, answer(0, 1, late));
      assertThat(states(job)).as("%s", late).startsWith("IN_FLIGHT");
    }
    settle(first, Marks.NONE, answer(0, 1, ACCEPTED));
    assertThat(states(job)).startsWith("SENT");
  }

  @Test
  void releasesAChunkUntilItIsDue() {
    StoredJob job = house.stored(anSmsJob().to(4));
    LeasedChunk leased = lease(0);
    house.settling.release(
        leased.key(), leased.lease(), house.clock.instant().plusSeconds(10), Map.of());

    assertThat(lease()).isFalse();
    house.clock.advance(Duration.ofSeconds(10));
    assertThat(lease(1).key()).isEqualTo(job.chunk(0));
  }

  @Test
  void movesForwardByReceiptsInAnyOrderDoubledOrEarly() {
    Random random = new Random(20_260_301);
    for (int round = 0; round < 200; round++) {
      StoredJob job = house.stored(anSmsJob().to(1));
      LeasedChunk leased = lease(1);
      List<Runnable> facts = new ArrayList<>();
      facts.add(() -> settle(leased, Marks.NONE, answer(0, ACCEPTED)));
      for (ReceiptKind kind : ReceiptKind.values()) {
        facts.add(() -> house.receipt(job.ref(0), kind));
        facts.add(() -> house.receipt(job.ref(0), kind));
      }
      Collections.shuffle(facts, random);
      facts.forEach(Runnable::run);

      assertThat(states(job)).as("round %d", round).containsExactly("READ");
      assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(house.store.log().receipts(job.id(), 0)).hasSize(ReceiptKind.values().length);
      assertThat(house.events(job))
          .containsOnlyOnce(EventType.BULK_COMPLETED, EventType.BULK_SETTLED);
    }
  }

  @Test
  void letsAnEarlyReceiptCloseTheChunkAndStillKeepsTheAnswer() {
    StoredJob job = house.stored(anSmsJob().to(1));
    LeasedChunk leased = lease(1);

    house.receipt(job.ref(0), ReceiptKind.DELIVERED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    Settled settled = settle(leased, Marks.next(5), answer(0, ACCEPTED));

    assertThat(settled.closed()).isTrue();
    assertThat(settled.marked()).isEmpty();
    assertThat(states(job)).containsExactly("DELIVERED");
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(1);
    assertThat(house.events(job))
        .containsExactly(EventType.BULK_STARTED, EventType.BULK_COMPLETED, EventType.BULK_SETTLED);
  }

  @Test
  void neverMovesAMessageBackByAReceipt() {
    StoredJob job = house.stored(anSmsJob().to(4));
    settle(lease(3), Marks.NONE, answer(0, ACCEPTED), answer(1, REJECTED), answer(2, UNREACHABLE));
    house.receipt(job.ref(0), ReceiptKind.READ);
    Counters before = house.job(job).counters();

    for (ReceiptKind kind : ReceiptKind.values()) {
      for (int position = 0; position < 4; position++) {
        house.receipt(job.ref(position), kind);
      }
    }

    assertThat(house.job(job).counters()).isEqualTo(before);
    assertThat(states(job)).containsExactly("READ", "FAILED", "QUEUED", "QUEUED");
  }

  @Test
  void leavesOutReceiptsOfMessagesThatDoNotExist() {
    StoredJob job = house.stored(anSmsJob().to(8));
    List<Receipt> receipts =
        List.of(
            aReceipt(
                new MessageRef(new JobId(999), 0, 0), ReceiptKind.DELIVERED, JobFixture.CREATED),
            aReceipt(new MessageRef(job.id(), 7, 0), ReceiptKind.DELIVERED, JobFixture.CREATED),
            aReceipt(new MessageRef(job.id(), 0, 5), ReceiptKind.DELIVERED, JobFixture.CREATED),
            aReceipt(job.ref(5), ReceiptKind.DELIVERED, JobFixture.CREATED));

    assertThat(house.sweeping.receipts(receipts)).isEqualTo(1);
    assertThat(house.store.log().receipts(job.id(), 5)).hasSize(1);
    assertThat(house.store.log().receipts(job.id(), 0)).isEmpty();
  }

  @Test
  void refusesMoreReceiptsAtOnceThanASinkTakes() {
    Receipt receipt =
        aReceipt(new MessageRef(new JobId(1), 0, 0), ReceiptKind.DELIVERED, JobFixture.CREATED);

    assertThatThrownBy(
            () -> house.recordReceipts.record(Collections.nCopies(ReceiptSink.MOST + 1, receipt)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settlesAJobOnceWhenItsLastReceiptIsIn() {
    StoredJob job = house.stored(anSmsJob().to(8));
    settleAll(lease(4), ACCEPTED);
    settleAll(lease(4), ACCEPTED);
    for (int position = 0; position < 7; position++) {
      house.receipt(job.ref(position), ReceiptKind.DELIVERED);
    }
    assertThat(house.job(job).life().settledAt()).isNull();
    house.clock.advance(Duration.ofMinutes(3));

    house.receipt(job.ref(7), ReceiptKind.UNDELIVERED);
    house.receipt(job.ref(7), ReceiptKind.DELIVERED);
    house.receipt(job.ref(6), ReceiptKind.READ);

    assertThat(house.job(job).life().settledAt()).isEqualTo(house.clock.instant());
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).counters().delivered()).isEqualTo(7);
    assertThat(house.job(job).counters().read()).isEqualTo(1);
    assertThat(house.events(job)).containsOnlyOnce(EventType.BULK_SETTLED);
    assertThat(house.store.outbox().of(job.id()).getLast().failureCount()).isEqualTo(1);
  }

  @Test
  void putsAPartialEndRightWhenAllWereTakenAfterAll() {
    StoredJob job = house.stored(anSmsJob().to(2));
    settle(lease(2), Marks.NONE, answer(0, ACCEPTED), answer(1, UNCONFIRMED));
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    house.receipt(job.ref(0), ReceiptKind.DELIVERED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);

    house.receipt(job.ref(1), ReceiptKind.UNDELIVERED);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).life().error()).isNull();
    JobEvent settled = house.store.outbox().of(job.id()).getLast();
    assertThat(settled.type()).isEqualTo(EventType.BULK_SETTLED);
    assertThat(settled.status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void putsAPartialEndRightWhenNoneWasTakenAfterAll() {
    StoredJob job = house.stored(anSmsJob().to(2));
    LeasedChunk lost = lease(2);
    house.pass(LEASE);
    lease(2, OTHER);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);

    settle(lost, Marks.NONE, answer(0, REJECTED), answer(1, UNREACHABLE));

    assertThat(house.job(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(house.job(job).life().error()).isEqualTo(JobError.ALL_MESSAGES_FAILED);
    assertThat(house.events(job))
        .containsExactly(EventType.BULK_STARTED, EventType.BULK_COMPLETED, EventType.BULK_SETTLED);
  }

  @Test
  void settlesReceiptsOfManyJobsAtOnce() {
    List<StoredJob> jobs = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      StoredJob job = house.stored(anSmsJob().to(6).chunksOf(2));
      jobs.add(job);
      for (int chunk = 0; chunk < 3; chunk++) {
        settleAll(lease(2), ACCEPTED);
      }
      for (int position = 0; position < 6; position++) {
        receipts.add(aReceipt(job.ref(position), ReceiptKind.DELIVERED, JobFixture.CREATED));
      }
    }
    Collections.shuffle(receipts, new Random(1));
    long commits = house.store.commits();

    assertThat(house.sweeping.receipts(receipts)).isEqualTo(120);

    assertThat(house.store.commits()).isEqualTo(commits + 1);
    assertThat(jobs)
        .allSatisfy(job -> {
          assertThat(house.job(job).counters().delivered()).isEqualTo(6);
          assertThat(house.events(job)).containsOnlyOnce(EventType.BULK_SETTLED);
        });
  }

  @Test
  void tellsTheFeedOfEveryChange() {
    StoredJob job = house.stored(anSmsJob().to(2));
    List<JobId> told = new ArrayList<>();
    house.feed.onChange(told::add);

    LeasedChunk leased = lease(1);
    settle(leased, Marks.NONE, answer(0, ACCEPTED));
    house.settling.release(leased.key(), leased.lease(), house.clock.instant(), Map.of());
    house.receipt(job.ref(0), ReceiptKind.DELIVERED);
    house.sweeping.sweep(List.of(job.chunk(0)));

    assertThat(told).hasSize(5).containsOnly(job.id());
  }

  private JobStatus endOf(DispatchOutcome first, DispatchOutcome second) {
    StoredJob job = house.stored(anSmsJob().to(2));
    settle(lease(2), Marks.NONE, answer(0, first), answer(1, second));
    return house.job(job).status();
  }

  private boolean lease() {
    return house.lease(House.WORKER, 1).isPresent();
  }

  private LeasedChunk lease(int window) {
    return lease(window, House.WORKER);
  }

  private LeasedChunk lease(StoredJob job, int window) {
    return leasing(job, window) instanceof Leasing.Leased leased
        ? leased.chunk()
        : fail("nothing was leased");
  }

  private Leasing leasing(StoredJob job, int window) {
    return house.settling.lease(job.id(), House.WORKER, LEASE, (_, _, _) -> Marks.next(window));
  }

  private LeasedChunk lease(int window, WorkerId worker) {
    return house.lease(worker, window).orElseThrow();
  }

  private Settled settle(LeasedChunk leased, Marks marks, Answer... answers) {
    return house.settling.settle(leased.key(), leased.lease(), List.of(answers), marks, LEASE);
  }

  private void settleAll(LeasedChunk leased, DispatchOutcome outcome) {
    house.settling.settle(
        leased.key(),
        leased.lease(),
        leased.settled().marked().stream()
            .map(marked -> answer(marked.position(), outcome))
            .toList(),
        Marks.NONE,
        LEASE);
  }

  private Answer answer(int position, DispatchOutcome outcome) {
    return answer(position, 1, outcome);
  }

  private Answer answer(int position, int attempt, DispatchOutcome outcome) {
    return new Answer(
        position,
        attempt,
        false,
        outcome,
        new Route(ScriptedCarrier.ID, ""),
        house.clock.instant());
  }

  private void move(StoredJob job, JobTransition transition) {
    assertThat(house.store.jobs().move(job.id(), transition, null, house.clock.instant())).isTrue();
  }

  private List<String> states(StoredJob job) {
    return positions(job).map(ref -> house.state(ref).name()).toList();
  }

  private List<Integer> attempts(StoredJob job) {
    return positions(job)
        .map(ref -> house.store.chunks().chunk(ref.chunkKey()).attempts(ref.position()))
        .toList();
  }

  private static Stream<MessageRef> positions(StoredJob job) {
    return IntStream.range(0, job.size()).mapToObj(job::ref);
  }

  private static Settled.Marked marked(int position, int attempt) {
    return new Settled.Marked(position, attempt, false);
  }
}
