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
import static dev.carillon.application.settling.Bench.markedAgain;
import static dev.carillon.application.settling.Bench.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is in doubt is handed over once more when its job says so, and only then.
class ResendTest {

  @Test
  void sendsWhatIsInDoubtOnceMoreAndFlagsIt() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED), bench.answer(1, 1, ACCEPTED));
    assertThat(bench.states()).containsExactly("UNKNOWN", "SENT");
    assertThat(bench.isOpen(0)).isTrue();

    Settled again = bench.settle(leased, only(0));
    assertThat(again.marked()).containsExactly(markedAgain(0, 2));
    assertThat(bench.states()).containsExactly("RESENDING", "SENT");

    bench.settle(leased, Marks.NONE, bench.resent(0, 2, ACCEPTED));
    assertThat(bench.states()).containsExactly("SENT", "SENT");
    assertThat(bench.house.store.log().attempts(bench.job.id(), 0))
        .extracting(Attempt::resent)
        .containsExactly(false, true);
    assertThat(bench.shown().status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void leavesInDoubtWhatIsNotReady() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = bench.lease(2);
    Settled settled =
        bench.settle(leased, new Marks(5, _ -> false), bench.answer(0, 1, UNCONFIRMED));

    assertThat(settled.marked()).isEmpty();
    assertThat(bench.states()).startsWith("UNKNOWN");
  }

  @Test
  void triesAgainAResendThatWasSurelyNotTaken() {
    for (DispatchOutcome outcome : List.of(THROTTLED, WITHDRAWN, UNREACHABLE)) {
      Bench bench = new Bench(resending());
      LeasedChunk leased = inDoubtAndMarkedAgain(bench);

      bench.settle(leased, Marks.NONE, bench.resent(0, 2, outcome), bench.answer(1, 1, ACCEPTED));

      int counted = outcome.equals(UNREACHABLE) ? 2 : 1;
      assertThat(bench.states()).as("%s", outcome).containsExactly("UNKNOWN", "SENT");
      assertThat(bench.attempts()).as("%s", outcome).containsExactly(counted, 1);
      assertThat(bench.kept(0)).as("%s", outcome).hasSize(counted);
      assertThat(bench.isOpen(0)).isTrue();
      assertThat(bench.settle(leased, only(0)).marked())
          .as("%s", outcome)
          .containsExactly(markedAgain(0, counted + 1));
    }
  }

  @Test
  void doesNotRepeatAResendWhoseAnswerIsLostToo() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = inDoubtAndMarkedAgain(bench);

    Settled lost = bench.settle(leased, Marks.next(5), bench.resent(0, 2, UNCONFIRMED));
    assertThat(lost.marked()).isEmpty();
    assertThat(lost.closed()).as("the other has no answer yet").isFalse();
    Settled last = bench.settle(leased, Marks.next(5), bench.answer(1, 1, ACCEPTED));

    assertThat(last.marked()).isEmpty();
    assertThat(last.closed()).isTrue();
    assertThat(bench.states()).containsExactly("UNKNOWN_RESENT", "SENT");
    assertThat(bench.attempts()).containsExactly(2, 1);
    assertThat(bench.kept(0)).hasSize(2);
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
    bench.house.sweeping.giveUp(List.of(bench.job.chunk(0)));
    assertThat(bench.states()).containsExactly("FAILED_OUTCOME_UNKNOWN", "SENT");
  }

  /// The second hand-over was surely not taken, so the answer to the first is the whole truth
  /// again.
  @Test
  void takesALateNoToTheOnlyHandOverThatMayHaveBeenTaken() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = inDoubtAndMarkedAgain(bench);
    bench.settle(leased, Marks.NONE, bench.resent(0, 2, THROTTLED));

    bench.late(bench.answer(0, 1, REJECTED));

    assertThat(bench.states()).startsWith("FAILED");
    assertThat(bench.attempts()).startsWith(1);
  }

  @Test
  void doesNotCallFailedWhatMayHaveBeenTakenBefore() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = inDoubtAndMarkedAgain(bench);

    bench.settle(leased, Marks.NONE, bench.resent(0, 2, REJECTED), bench.answer(1, 1, ACCEPTED));

    assertThat(bench.states()).containsExactly("FAILED_OUTCOME_UNKNOWN", "SENT");
    bench.house.receipt(bench.job.ref(0), ReceiptKind.DELIVERED);
    assertThat(bench.states()).startsWith("DELIVERED");
  }

  @Test
  void givesUpWhenItsAttemptsAreUsedUp() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = inDoubtAndMarkedAgain(bench);
    for (int attempt = 2; attempt <= 5; attempt++) {
      assertThat(bench.states()).as("before answer %d", attempt).startsWith("RESENDING");
      Settled settled = bench.settle(leased, only(0), bench.resent(0, attempt, UNREACHABLE));
      assertThat(settled.marked()).hasSize(attempt < 5 ? 1 : 0);
    }

    assertThat(bench.states()).startsWith("FAILED_OUTCOME_UNKNOWN");
    assertThat(bench.shown().counters().retries()).isEqualTo(4);
    assertThat(bench.kept(0)).hasSize(5);
  }

  @Test
  void rescuesWhatWasBeingResent() {
    Bench bench = new Bench(resending());
    inDoubtAndMarkedAgain(bench);
    bench.house.pass(LEASE);

    bench.lease(OTHER, Marks.NONE);

    assertThat(bench.states()).containsExactly("UNKNOWN_RESENT", "UNKNOWN");
    LeasedChunk third = bench.rescue();
    assertThat(bench.settle(third, Marks.next(5)).marked()).containsExactly(markedAgain(1, 2));
    bench.late(bench.resent(0, 2, WITHDRAWN));
    assertThat(bench.states()).startsWith("UNKNOWN_RESENT");
    bench.late(bench.answer(0, 1, REJECTED));
    assertThat(bench.states()).as("one no of two").startsWith("UNKNOWN_RESENT");
    bench.late(bench.answer(0, 1, ACCEPTED));
    assertThat(bench.states()).startsWith("SENT");
  }

  @Test
  void takesAReceiptForAMessageThatIsBeingResent() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = inDoubtAndMarkedAgain(bench);

    bench.house.receipt(bench.job.ref(0), ReceiptKind.DELIVERED);
    bench.settle(leased, Marks.NONE, bench.resent(0, 2, REJECTED), bench.answer(1, 1, ACCEPTED));

    assertThat(bench.states()).containsExactly("DELIVERED", "SENT");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(names = {"HOLD", "FAIL"})
  void closesAChunkInDoubtWhenItsJobDoesNotResend(UnknownPolicy policy) {
    Bench bench = new Bench(anSmsJob().to(2).onUnknown(policy));
    LeasedChunk leased = bench.lease(2);

    Settled settled =
        bench.settle(
            leased, Marks.next(5), bench.answer(0, 1, UNCONFIRMED), bench.answer(1, 1, ACCEPTED));

    assertThat(settled.marked()).isEmpty();
    assertThat(settled.closed()).isTrue();
    assertThat(bench.states()).containsExactly("UNKNOWN", "SENT");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void resendsNothingOfAPausedJob() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED), bench.answer(1, 1, ACCEPTED));
    bench.move(JobTransition.PAUSE);

    assertThat(bench.settle(leased, Marks.next(5)).marked()).isEmpty();
    assertThat(bench.isOpen(0)).isTrue();

    bench.move(JobTransition.RESUME);
    assertThat(bench.settle(leased, Marks.next(5)).marked()).containsExactly(markedAgain(0, 2));
  }

  @Test
  void closesACancelledJobWhoseMessagesAreInDoubt() {
    Bench bench = new Bench(resending());
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED), bench.answer(1, 1, ACCEPTED));
    bench.move(JobTransition.CANCEL);

    bench.house.sweeping.sweep(List.of(bench.job.chunk(0)));

    assertThat(bench.states()).containsExactly("UNKNOWN", "SENT");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void closesAnOverdueJobWhoseMessagesAreInDoubt() {
    Bench bench = new Bench(resending().until(JobFixture.CREATED.plusSeconds(60)));
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED), bench.answer(1, 1, ACCEPTED));
    bench.house.clock.advance(Duration.ofSeconds(60));

    Settled settled = bench.settle(leased, Marks.next(5));

    assertThat(settled.marked()).isEmpty();
    assertThat(settled.closed()).isTrue();
    assertThat(bench.states()).containsExactly("UNKNOWN", "SENT");
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
  }

  private static JobFixture resending() {
    return anSmsJob().to(2).onUnknown(UnknownPolicy.RESEND);
  }

  /// Message 0 in doubt and marked again, message 1 marked.
  private static LeasedChunk inDoubtAndMarkedAgain(Bench bench) {
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
    assertThat(bench.settle(leased, only(0)).marked()).containsExactly(markedAgain(0, 2));
    return leased;
  }
}
