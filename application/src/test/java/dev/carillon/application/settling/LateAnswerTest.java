package dev.carillon.application.settling;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.settling.Bench.ACCEPTED;
import static dev.carillon.application.settling.Bench.LEASE;
import static dev.carillon.application.settling.Bench.OTHER;
import static dev.carillon.application.settling.Bench.REJECTED;
import static dev.carillon.application.settling.Bench.THROTTLED;
import static dev.carillon.application.settling.Bench.UNCONFIRMED;
import static dev.carillon.application.settling.Bench.UNREACHABLE;
import static dev.carillon.application.settling.Bench.WITHDRAWN;
import static dev.carillon.application.settling.Bench.marked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Answers that come when their worker has gone, or has stopped waiting for them.
class LateAnswerTest {

  @Test
  void letsWaitAgainWhatWasSurelyNotTakenWhileItsChunkIsOpen() {
    for (DispatchOutcome late : List.of(THROTTLED, WITHDRAWN, UNREACHABLE)) {
      Bench bench = new Bench(anSmsJob().to(2));
      bench.lease(1);
      bench.rescue();
      assertThat(bench.states()).containsExactly("UNKNOWN", "QUEUED");

      bench.late(bench.answer(0, 1, late));

      assertThat(bench.states()).as("%s", late).containsExactly("QUEUED", "QUEUED");
      assertThat(bench.attempts()).containsExactly(late.equals(UNREACHABLE) ? 1 : 0, 0);
    }
  }

  @Test
  void leavesNothingToBeFoundByAnAuditWhenALostAttemptIsGivenBack() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(1);
    bench.settle(leased, Marks.next(0), bench.answer(0, 1, UNCONFIRMED));
    bench.late(bench.answer(0, 1, THROTTLED));
    bench.move(JobTransition.CANCEL);
    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));

    assertThat(bench.states()).containsExactly("CANCELLED", "CANCELLED");
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.UNCONFIRMED);
    assertThat(bench.attempts()).containsExactly(0, 0);
    assertThat(bench.audit().differences()).isEmpty();
  }

  @Test
  void failsWithItsAttemptWhatWasSurelyNotTakenWhenItsChunkHasClosed() {
    for (DispatchOutcome late : List.of(THROTTLED, WITHDRAWN, UNREACHABLE)) {
      Bench bench = new Bench(anSmsJob().to(2));
      bench.lease(2);
      bench.rescue();
      assertThat(bench.isOpen(0)).isFalse();
      assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);

      bench.late(bench.answer(0, 1, late));

      assertThat(bench.states()).as("%s", late).containsExactly("FAILED", "UNKNOWN");
      assertThat(bench.attempts()).containsExactly(1, 1);
      assertThat(bench.kept(0)).containsExactly(OutcomeKind.of(late));
    }
  }

  @Test
  void saysThatTheHouseFailedWhatItCalledBackTooLate() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(2);
    bench.rescue();

    bench.late(bench.answer(0, 1, WITHDRAWN));

    assertThat(bench.house.store.log().attempts(bench.job.id(), 0))
        .extracting(Attempt::reason)
        .containsExactly(Reason.SYSTEM_ERROR);
    assertThat(bench.reasons())
        .isEqualTo(Map.of(Reason.SYSTEM_ERROR, 1L, Reason.OUTCOME_UNKNOWN, 1L));
  }

  @Test
  void countsAsLostTheAttemptsOfAWorkerThatDied() {
    Bench bench = new Bench(anSmsJob().to(3));
    bench.lease(2);

    bench.rescue();

    assertThat(bench.kept(0)).isEmpty();
    assertThat(bench.attempts()).containsExactly(1, 1, 0);
    assertThat(bench.reasons()).containsExactly(Map.entry(Reason.OUTCOME_UNKNOWN, 2L));
    assertThat(bench.audit().attempts()).isEqualTo(2);
  }

  @Test
  void countsNoReasonForAnAttemptThatDoesNotCount() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(2);

    bench.settle(leased, Marks.NONE, bench.answer(0, 1, WITHDRAWN), bench.answer(1, 1, THROTTLED));

    assertThat(bench.attempts()).containsExactly(0, 0);
    assertThat(bench.reasons()).isEmpty();
  }

  @Test
  void countsWhatIsKnownAfterAllInPlaceOfTheLostAnswer() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(4);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
    bench.rescue();
    assertThat(bench.reasons()).containsExactly(Map.entry(Reason.OUTCOME_UNKNOWN, 4L));

    bench.late(bench.answer(0, 1, REJECTED), bench.answer(1, 1, ACCEPTED));
    bench.house.receipt(bench.job.ref(2), ReceiptKind.DELIVERED);

    assertThat(bench.states()).containsExactly("FAILED", "SENT", "DELIVERED", "UNKNOWN");
    assertThat(bench.reasons())
        .isEqualTo(Map.of(Reason.CARRIER_REFUSED, 1L, Reason.OUTCOME_UNKNOWN, 1L));
  }

  @Test
  void failsForGoodWhatWasNotTakenAtItsLastAttempt() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(1);
    for (int attempt = 1; attempt < 5; attempt++) {
      bench.settle(leased, Bench.only(0), bench.answer(0, attempt, UNREACHABLE));
    }
    bench.rescue();

    bench.late(bench.answer(0, 5, UNREACHABLE));

    assertThat(bench.states()).containsExactly("FAILED", "QUEUED");
  }

  @Test
  void takesAnAnswerOnceHoweverOftenItComes() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(2);
    bench.rescue();

    for (int i = 0; i < 3; i++) {
      bench.late(bench.answer(0, 1, ACCEPTED), bench.answer(1, 1, REJECTED));
    }

    assertThat(bench.states()).containsExactly("SENT", "FAILED");
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.ACCEPTED);
    assertThat(bench.kept(1)).containsExactly(OutcomeKind.REJECTED);
    assertThat(bench.shown().counters().sent()).isEqualTo(1);
  }

  @Test
  void takesNoLateNoForAnAnswerToALaterAttempt() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(1);
    LeasedChunk second = bench.rescue();
    bench.late(bench.answer(0, 1, UNREACHABLE));
    bench.settle(second, Bench.only(0));
    assertThat(bench.states()).startsWith("IN_FLIGHT");

    for (DispatchOutcome late : List.of(THROTTLED, WITHDRAWN, UNREACHABLE, UNCONFIRMED)) {
      bench.late(bench.answer(0, 1, late));
      assertThat(bench.states()).as("%s", late).startsWith("IN_FLIGHT");
      assertThat(bench.attempts()).startsWith(2);
    }
  }

  /// A time-out said that the answer was lost, and then it came: the attempt does not count, and
  /// another one may be lost under the same number.
  @Test
  void canLoseTheAnswerAgainAfterAnAttemptWasGivenBackLate() {
    for (DispatchOutcome late : List.of(THROTTLED, WITHDRAWN)) {
      Bench bench = new Bench(anSmsJob().to(2));
      LeasedChunk leased = bench.lease(1);
      bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
      bench.late(bench.answer(0, 1, late));
      assertThat(bench.states()).as("%s", late).startsWith("QUEUED");

      Settled again = bench.settle(leased, Bench.only(0));
      int attempt = again.marked().getFirst().attempt();
      bench.settle(leased, Marks.NONE, bench.answer(0, attempt, UNCONFIRMED));

      assertThat(bench.states()).as("%s", late).startsWith("UNKNOWN");
    }
  }

  @Test
  void settlesAJobByItsLastLateAnswer() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(2);
    bench.rescue();
    bench.late(bench.answer(0, 1, ACCEPTED));
    bench.house.receipt(bench.job.ref(0), ReceiptKind.DELIVERED);
    assertThat(bench.shown().life().settledAt()).isNull();

    bench.late(bench.answer(1, 1, REJECTED));

    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(bench.shown().life().settledAt()).isEqualTo(bench.house.clock.instant());
  }

  @Test
  void leavesTheLeaseOfAnotherAlone() {
    Bench bench = new Bench(anSmsJob().to(3));
    bench.lease(1);
    LeasedChunk taken = bench.rescue();
    bench.house.pass(LEASE.dividedBy(2));

    bench.late(bench.answer(0, 1, ACCEPTED));

    Settled settled = bench.settle(taken, Marks.next(1));
    assertThat(settled.leaseAlive()).isTrue();
    assertThat(settled.marked()).containsExactly(marked(1, 1));
    assertThat(taken.lease().owner()).isEqualTo(OTHER);
  }

  @Test
  void sweepsWhatALateAnswerLetsWaitInACancelledJob() {
    Bench bench = new Bench(anSmsJob().to(2));
    bench.lease(1);
    bench.rescue();
    bench.move(JobTransition.CANCEL);

    bench.late(bench.answer(0, 1, THROTTLED));

    assertThat(bench.states()).containsExactly("CANCELLED", "CANCELLED");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.CANCELLED);
  }
}
