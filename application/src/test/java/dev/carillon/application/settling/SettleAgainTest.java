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
import static dev.carillon.application.settling.Bench.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.webhook.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker whose COMMIT was never answered settles the same once more, and it is as if it had been
/// answered, whether it was made or not.
class SettleAgainTest {

  @Test
  void settlesWhatWasNotSettled() {
    Bench bench = new Bench(anSmsJob().to(4));
    LeasedChunk leased = bench.lease(2);
    bench.house.store.setUnavailable(true);
    assertThatThrownBy(() -> bench.settle(leased, Marks.next(2), bench.answer(0, 1, ACCEPTED)))
        .isInstanceOf(DomainException.class);
    bench.house.store.setUnavailable(false);

    Settled settled = bench.settleAgain(leased, List.of(1), bench.answer(0, 1, ACCEPTED));

    assertThat(settled.marked()).isEmpty();
    assertThat(settled.leaseAlive()).isTrue();
    assertThat(bench.states()).containsExactly("SENT", "IN_FLIGHT", "QUEUED", "QUEUED");
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.ACCEPTED);
  }

  @Test
  void forgoesALeaseOfWhichNobodyHeardAndLeavesThoseOfOthersAlone() {
    Bench bench = new Bench(anSmsJob().to(4).chunksOf(2));
    LeasedChunk unheard = bench.lease(2);
    LeasedChunk worked = bench.lease(OTHER, Marks.next(2));

    bench.house.settling.forgo(bench.job.id(), unheard.lease().owner());

    assertThat(bench.states()).containsExactly("QUEUED", "QUEUED", "IN_FLIGHT", "IN_FLIGHT");
    assertThat(bench.attempts()).containsExactly(0, 0, 1, 1);
    assertThat(bench.house.store.chunks().isLeased(unheard.key())).isFalse();
    assertThat(bench.house.store.chunks().isLeased(worked.key())).isTrue();
    assertThat(bench.lease(2).key()).isEqualTo(unheard.key());
  }

  @Test
  void changesNothingOfWhatWasSettledAndGivesItsMarksBack() {
    Bench bench = new Bench(anSmsJob().to(6).chunksOf(6));
    LeasedChunk leased = bench.lease(4);
    Answer[] answers = {
      bench.answer(0, 1, ACCEPTED), bench.answer(1, 1, REJECTED), bench.answer(2, 1, UNCONFIRMED)
    };
    loseTheAnswer(bench, leased, Marks.next(2), answers);
    assertThat(bench.states())
        .containsExactly("SENT", "FAILED", "UNKNOWN", "IN_FLIGHT", "IN_FLIGHT", "IN_FLIGHT");
    Counters before = bench.shown().counters();

    Settled settled = bench.settleAgain(leased, List.of(3), answers);

    assertThat(settled.marked()).isEmpty();
    assertThat(bench.states())
        .containsExactly("SENT", "FAILED", "UNKNOWN", "IN_FLIGHT", "QUEUED", "QUEUED");
    assertThat(bench.attempts()).containsExactly(1, 1, 1, 1, 0, 0);
    assertThat(bench.kept(0)).hasSize(1);
    assertThat(bench.kept(1)).hasSize(1);
    assertThat(bench.kept(2)).hasSize(1);
    assertThat(bench.shown().counters()).isEqualTo(before);
    assertThat(bench.reasons().values()).containsOnly(1L);
  }

  @Test
  void givesBackAMarkOfTheLostCommitOnAMessageWhoseAnswerItCarried() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(1);
    Answer unreachable = bench.answer(0, 1, UNREACHABLE);
    loseTheAnswer(bench, leased, only(0), unreachable);
    assertThat(bench.states()).startsWith("IN_FLIGHT");
    assertThat(bench.attempts()).startsWith(2);

    bench.settleAgain(leased, List.of(), unreachable);

    assertThat(bench.states()).containsExactly("QUEUED", "QUEUED");
    assertThat(bench.attempts()).startsWith(1);
    assertThat(bench.shown().counters().retries()).isZero();
  }

  @Test
  void letsWaitWhatWasGivenBackWhetherOrNotTheCommitWasMade() {
    for (boolean made : new boolean[] {true, false}) {
      Bench bench = new Bench(anSmsJob().to(3));
      LeasedChunk leased = bench.lease(2);
      Answer[] answers = {bench.answer(0, 1, THROTTLED), bench.answer(1, 1, WITHDRAWN)};
      if (made) {
        loseTheAnswer(bench, leased, Marks.next(3), answers);
      }

      bench.settleAgain(leased, List.of(), answers);

      assertThat(bench.states()).as("made: %s", made).containsOnly("QUEUED");
      assertThat(bench.attempts()).as("made: %s", made).containsOnly(0);
    }
  }

  @Test
  void givesBackTheMarksOfAResend() {
    Bench bench = new Bench(anSmsJob().to(2).onUnknown(UnknownPolicy.RESEND));
    LeasedChunk leased = bench.lease(2);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED));
    loseTheAnswer(bench, leased, only(0), bench.answer(1, 1, ACCEPTED));
    assertThat(bench.states()).startsWith("RESENDING");

    bench.settleAgain(leased, List.of(), bench.answer(1, 1, ACCEPTED));

    assertThat(bench.states()).containsExactly("UNKNOWN", "SENT");
    assertThat(bench.attempts()).startsWith(1);
  }

  @Test
  void endsTheJobOnce() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(2);
    Answer[] answers = {bench.answer(0, 1, REJECTED), bench.answer(1, 1, REJECTED)};
    loseTheAnswer(bench, leased, Marks.next(2), answers);

    Settled settled = bench.settleAgain(leased, List.of(), answers);

    assertThat(settled.closed()).isTrue();
    assertThat(bench.shown().status()).isEqualTo(JobStatus.FAILED);
    assertThat(bench.house.events(bench.job))
        .containsExactly(EventType.BULK_STARTED, EventType.BULK_FAILED, EventType.BULK_SETTLED);
  }

  @Test
  void takesNothingBackOfAnotherWorker() {
    Bench bench = new Bench(anSmsJob().to(3));
    LeasedChunk lost = bench.lease(1);
    bench.house.pass(LEASE);
    bench.lease(OTHER, Marks.next(1));
    assertThat(bench.states()).containsExactly("UNKNOWN", "IN_FLIGHT", "QUEUED");

    Settled settled = bench.settleAgain(lost, List.of(), bench.answer(0, 1, ACCEPTED));

    assertThat(settled.leaseAlive()).isFalse();
    assertThat(bench.states()).containsExactly("SENT", "IN_FLIGHT", "QUEUED");
  }

  @Test
  void marksAgainAfterwards() {
    Bench bench = new Bench(anSmsJob().to(3));
    LeasedChunk leased = bench.lease(1);
    loseTheAnswer(bench, leased, Marks.next(2), bench.answer(0, 1, ACCEPTED));
    bench.settleAgain(leased, List.of(), bench.answer(0, 1, ACCEPTED));

    Settled settled = bench.settle(leased, Marks.next(5));

    assertThat(settled.marked()).containsExactly(Bench.marked(1, 1), Bench.marked(2, 1));
  }

  private static void loseTheAnswer(
      Bench bench, LeasedChunk leased, Marks marks, Answer... answers) {
    bench.house.store.loseNextAnswer();
    assertThatThrownBy(() -> bench.settle(leased, marks, answers))
        .isInstanceOf(DomainException.class);
  }
}
