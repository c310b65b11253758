package dev.carillon.application.settling;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.settling.Bench.ACCEPTED;
import static dev.carillon.application.settling.Bench.LEASE;
import static dev.carillon.application.settling.Bench.OTHER;
import static dev.carillon.application.settling.Bench.REJECTED;
import static dev.carillon.application.settling.Bench.THROTTLED;
import static dev.carillon.application.settling.Bench.UNCONFIRMED;
import static dev.carillon.application.settling.Bench.marked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.memory.InMemoryLedger;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.webhook.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to what waits when its job was cancelled, broke or grew too old, and to what is in
/// doubt when nothing settles it.
class SweepingTest {

  @Test
  void cancelsWhatWaitsAndLeavesWhatIsAtTheCarrier() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(2);
    bench.move(JobTransition.CANCEL);

    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));
    assertThat(bench.states()).containsExactly("IN_FLIGHT", "IN_FLIGHT", "CANCELLED", "CANCELLED");

    bench.settle(
        leased, Marks.next(2), bench.answer(0, 1, ACCEPTED), bench.answer(1, 1, THROTTLED));
    assertThat(bench.states()).containsExactly("SENT", "CANCELLED", "CANCELLED", "CANCELLED");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void failsWhatWaitsInABrokenJob() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(1);
    bench.house.store.jobs().markBroken(bench.job.id(), bench.house.clock.instant());

    Settled settled = bench.settle(leased, Marks.next(3), bench.answer(0, 1, ACCEPTED));

    assertThat(settled.jobRuns()).isFalse();
    assertThat(settled.marked()).isEmpty();
    assertThat(bench.states())
        .containsExactly(
            "SENT", "FAILED_SYSTEM_ERROR", "FAILED_SYSTEM_ERROR", "FAILED_SYSTEM_ERROR");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);
    assertThat(bench.shown().life().error()).isEqualTo(JobError.SYSTEM_ERROR);
  }

  @Test
  void sweepsABrokenJobThatNobodyHadBegun() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.house.store.jobs().markBroken(bench.job.id(), bench.house.clock.instant());

    assertThat(bench.leasing(House.WORKER, Marks.next(2))).isEqualTo(new Leasing.Swept());
    assertThat(bench.leasing(House.WORKER, Marks.next(2))).isEqualTo(new Leasing.Done());

    assertThat(bench.states()).containsOnly("FAILED_SYSTEM_ERROR");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);
    assertThat(bench.shown().life().error()).isEqualTo(JobError.SYSTEM_ERROR);
    assertThat(bench.house.events(bench.job))
        .containsExactly(EventType.BULK_FAILED, EventType.BULK_SETTLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PENDING", "PAUSED"})
  void expiresWhatStillWaitsAtTheDeadline(JobStatus status) {
    Bench bench = new Bench(anSmsJob().to(2).inStatus(status).until(CREATED.plusSeconds(9)));
    bench.house.clock.advance(Duration.ofMillis(8_999));
    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));
    assertThat(bench.states()).containsOnly("QUEUED");

    bench.house.clock.advance(Duration.ofMillis(1));
    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));

    assertThat(bench.states()).containsOnly("EXPIRED");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);
    assertThat(bench.shown().life().error()).isEqualTo(JobError.ALL_MESSAGES_FAILED);
  }

  @Test
  void expiresWhatIsGivenBackAfterTheDeadline() {
    Bench bench = new Bench(anSmsJob().to(2).until(CREATED.plusSeconds(9)));
    LeasedChunk leased = bench.lease(2);
    bench.house.clock.advance(Duration.ofSeconds(9));

    bench.settle(
        leased, Marks.next(2), bench.answer(0, 1, ACCEPTED), bench.answer(1, 1, THROTTLED));

    assertThat(bench.states()).containsExactly("SENT", "EXPIRED");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void sweepsNothingOfAJobThatGoesOn() {
    Bench bench = new Bench(anSmsJob().to(2));

    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));

    assertThat(bench.states()).containsOnly("QUEUED");
  }

  @Test
  void rescuesAPausedJobAndLetsItRestForAWhile() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk lost = bench.lease(2);
    bench.move(JobTransition.PAUSE);
    bench.house.pass(LEASE);
    assertThat(bench.house.store.chunks().lapsed(9)).containsExactly(bench.job.chunk(0));

    bench.house.sweeping.rescue(bench.job.chunk(0), Duration.ofSeconds(7));

    assertThat(bench.states()).containsExactly("UNKNOWN", "UNKNOWN", "QUEUED", "QUEUED");
    assertThat(bench.house.store.chunks().lapsed(9)).isEmpty();
    bench.move(JobTransition.RESUME);
    assertThat(bench.leasing(OTHER, Marks.next(1)))
        .isEqualTo(new Leasing.NotBefore(bench.house.clock.instant().plusSeconds(7)));
    assertThat(bench.settle(lost, Marks.next(2)).marked()).isEmpty();
    bench.house.pass(Duration.ofSeconds(7));
    assertThat(bench.lease(OTHER, Marks.next(1)).settled().marked()).containsExactly(marked(2, 1));
  }

  @Test
  void rescuesNothingUnderALivingLease() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(2);

    bench.house.sweeping.rescue(bench.job.chunk(0), Duration.ofSeconds(7));

    assertThat(bench.states()).containsExactly("IN_FLIGHT", "IN_FLIGHT", "QUEUED", "QUEUED");
    assertThat(bench.settle(leased, Marks.next(1)).marked()).hasSize(1);
  }

  @Test
  void endsAPausedJobWhoseLastMessagesAreRescued() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(2);
    bench.move(JobTransition.PAUSE);
    bench.house.pass(LEASE);

    bench.house.sweeping.rescue(bench.job.chunk(0), Duration.ZERO);

    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void givesUpWhatIsInDoubtAndPutsTheEndRight() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, REJECTED), bench.answer(1, 1, UNCONFIRMED));
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
    bench.house.clock.advance(Duration.ofDays(3));

    bench.house.sweeping.giveUp(List.of(bench.job.chunk(0)));

    assertThat(bench.states()).containsExactly("FAILED", "FAILED_OUTCOME_UNKNOWN");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);
    assertThat(bench.shown().life().error()).isEqualTo(JobError.ALL_MESSAGES_FAILED);
    assertThat(bench.shown().life().settledAt()).isEqualTo(bench.house.clock.instant());
    assertThat(bench.house.events(bench.job))
        .containsExactly(EventType.BULK_STARTED, EventType.BULK_COMPLETED, EventType.BULK_SETTLED);
  }

  @Test
  void settlesByTheDeadlineWhateverIsStillOpen() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, ACCEPTED), bench.answer(1, 1, UNCONFIRMED));
    bench.house.sweeping.giveUp(List.of(bench.job.chunk(0)));
    assertThat(bench.shown().life().settledAt()).isNull();

    settleByDeadline(bench);
    settleByDeadline(bench);

    assertThat(bench.shown().life().settledAt()).isEqualTo(bench.house.clock.instant());
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(bench.house.events(bench.job)).containsOnlyOnce(EventType.BULK_SETTLED);
  }

  @Test
  void tellsOfABalanceThatEvidenceAfterItWasGivenUpMakesLow() {
    Bench bench = new Bench(anSmsJob().to(1).costing(20, RefundPlan.DEFAULT));
    Scope scope = bench.house.scope;
    InMemoryLedger ledger = bench.house.store.ledger();
    bench.settle(bench.lease(1), Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
    bench.house.sweeping.giveUp(List.of(bench.job.chunk(0)));
    Money before = ledger.balance(scope).orElseThrow().available();
    ledger.setLowMark(scope.business(), before);

    bench.house.receipt(bench.job.ref(0), ReceiptKind.DELIVERED);

    assertThat(bench.house.store.outbox().of(scope))
        .singleElement()
        .satisfies(
            event -> assertThat(event.available()).isEqualTo(before.minus(new Money("USD", 20))));
  }

  @Test
  void believesEvidenceThatComesAfterItWasGivenUp() {
    Bench bench = new Bench(anSmsJob().to(1));
    bench.settle(bench.lease(1), Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
    bench.house.sweeping.giveUp(List.of(bench.job.chunk(0)));
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);

    bench.house.receipt(bench.job.ref(0), ReceiptKind.DELIVERED);

    assertThat(bench.states()).containsExactly("DELIVERED");
    assertThat(bench.house.events(bench.job)).containsOnlyOnce(EventType.BULK_SETTLED);
  }

  @Test
  void settlesNoJobThatHasNotEnded() {
    Bench bench = new Bench(anSmsJob().to(2));

    settleByDeadline(bench);

    assertThat(bench.shown().life().settledAt()).isNull();
    assertThat(bench.house.events(bench.job)).isEmpty();
  }

  @Test
  void marksNothingWhileDispatchIsSwitchedOff() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(1);
    bench.house.store.witness().switchOff("another timeline", bench.house.clock.instant());

    Settled settled = bench.settle(leased, Marks.next(3), bench.answer(0, 1, ACCEPTED));

    assertThat(settled.marked()).isEmpty();
    assertThat(settled.jobRuns()).isFalse();
    assertThat(bench.states()).containsExactly("SENT", "QUEUED", "QUEUED", "QUEUED");
  }

  @Test
  void leasesNothingWhileDispatchIsSwitchedOffButSweeps() {
    Bench bench = new Bench(anSmsJob().to(4));
    bench.house.store.witness().switchOff("another timeline", bench.house.clock.instant());

    assertThat(bench.leasing(House.WORKER, Marks.next(1))).isEqualTo(new Leasing.SwitchedOff());
    assertThat(bench.states()).containsOnly("QUEUED");
    assertThat(bench.house.store.chunks().isLeased(bench.job.chunk(0))).isFalse();

    bench.move(JobTransition.CANCEL);
    assertThat(bench.leasing(House.WORKER, Marks.next(1))).isEqualTo(new Leasing.Swept());
    assertThat(bench.shown().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void sweepsAChunkThatAWorkerAsksForInsteadOfLeasingIt() {
    Bench bench = new Bench(anSmsJob().to(6).chunksOf(3));
    LeasedChunk lost = bench.lease(2);
    bench.move(JobTransition.CANCEL);
    bench.house.pass(LEASE);
    int notices = bench.house.feed.notices();

    assertThat(bench.leasing(OTHER, Marks.next(3))).isEqualTo(new Leasing.Swept());

    assertThat(bench.states().subList(0, 4))
        .containsExactly("UNKNOWN", "UNKNOWN", "CANCELLED", "QUEUED");
    assertThat(bench.house.store.chunks().isLeased(bench.job.chunk(0))).isFalse();
    assertThat(bench.isOpen(0)).isFalse();
    assertThat(bench.house.feed.notices()).isEqualTo(notices + 1);
    assertThat(bench.settle(lost, Marks.next(3)).leaseAlive()).isFalse();

    assertThat(bench.leasing(OTHER, Marks.next(3))).isEqualTo(new Leasing.Swept());
    assertThat(bench.leasing(OTHER, Marks.next(3))).isEqualTo(new Leasing.Done());
    assertThat(bench.shown().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"SCHEDULED", "PAUSED"})
  void leasesNothingOfAJobThatMayNotBeHandedOver(JobStatus status) {
    Bench bench = new Bench(anSmsJob().to(2).inStatus(status));
    int notices = bench.house.feed.notices();

    assertThat(bench.leasing(House.WORKER, Marks.next(2))).isEqualTo(new Leasing.Done());

    assertThat(bench.states()).containsOnly("QUEUED");
    assertThat(bench.house.store.chunks().isLeased(bench.job.chunk(0))).isFalse();
    assertThat(bench.house.feed.notices()).isEqualTo(notices);
  }

  @Test
  void beginsAJobWhoseFirstMessagesAreMarkedAfterItsLease() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(0);
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PENDING);

    bench.settle(leased, Marks.next(2));

    assertThat(bench.shown().status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(bench.house.events(bench.job)).containsExactly(EventType.BULK_STARTED);
  }

  @Test
  void handsDueTimesAndWhatItRescuedOverWithTheLease() {
    Bench bench = new Bench(anSmsJob().to(4));
    Instant later = CREATED.plusSeconds(60);
    LeasedChunk first = bench.lease(1);
    bench.settle(first, Marks.NONE, bench.answer(0, 1, ACCEPTED));
    bench.house.settling.release(first.key(), first.lease(), CREATED, Map.of(2, later));
    AtomicReference<Map<Integer, Instant>> due = new AtomicReference<>(Map.of());
    bench.house.settling.lease(
        bench.job.id(),
        OTHER,
        LEASE,
        (locked, messages, rescued) -> {
          due.set(locked.dueTimes());
          assertThat(messages).hasSize(4);
          assertThat(rescued).isEmpty();
          return new Marks(4, position -> position != 2);
        });
    assertThat(due.get()).isEqualTo(Map.of(2, later));
    assertThat(bench.states()).containsExactly("SENT", "IN_FLIGHT", "QUEUED", "IN_FLIGHT");
    bench.house.pass(LEASE);

    bench.house.settling.lease(
        bench.job.id(),
        House.WORKER,
        LEASE,
        (locked, _, rescued) -> {
          assertThat(locked.dueTimes()).isEqualTo(Map.of(2, later));
          assertThat(rescued).containsExactly(1, 3);
          return Marks.NONE;
        });
    assertThat(bench.states()).containsExactly("SENT", "UNKNOWN", "QUEUED", "UNKNOWN");
  }

  @Test
  void tellsWhyThereIsNoChunkToLease() {
    Bench bench = new Bench(anSmsJob().to(1));
    LeasedChunk leased = bench.lease(1);

    assertThat(bench.leasing(OTHER, Marks.next(1)))
        .isEqualTo(new Leasing.NotBefore(bench.house.clock.instant().plus(LEASE)));
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, ACCEPTED));
    assertThat(bench.leasing(OTHER, Marks.next(1))).isEqualTo(new Leasing.Done());
  }

  private static void settleByDeadline(Bench bench) {
    bench.house.store.run(
        () -> bench.house.life.settleByDeadline(bench.job.id(), bench.house.clock.instant()));
  }
}
