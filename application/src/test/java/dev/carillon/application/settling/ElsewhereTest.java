package dev.carillon.application.settling;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.settling.Bench.ACCEPTED;
import static dev.carillon.application.settling.Bench.REJECTED;
import static dev.carillon.application.settling.Bench.THROTTLED;
import static dev.carillon.application.settling.Bench.UNCONFIRMED;
import static dev.carillon.application.settling.Bench.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.House;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.CarrierChoice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of messages of which a carrier says that it is not the one for them, and of those
/// that are held back.
class ElsewhereTest {
  private static final DispatchOutcome REFUSED =
      new DispatchOutcome.Rejected(Reason.ACCOUNT_REFUSED, "no contract");
  private static final DispatchOutcome WITHHELD = new DispatchOutcome.Withheld(Reason.SUPPRESSED);

  @Test
  void letsAnotherCarrierTryAtOnceAndKeepsTheRefusal() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(1);

    Settled settled = bench.settle(leased, only(0), elsewhere(bench, 0, 1));

    assertThat(settled.marked()).containsExactly(Bench.marked(0, 2));
    assertThat(bench.states()).containsExactly("IN_FLIGHT", "QUEUED");
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.REJECTED);
    bench.settle(leased, Marks.NONE, bench.answer(0, 2, ACCEPTED));
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.REJECTED, OutcomeKind.ACCEPTED);
    assertThat(bench.audit().differences()).isEmpty();
  }

  @Test
  void believesNobodyButTheCarrierThatHasItExceptThatItWasTaken() {
    Bench bench = new Bench(anSmsJob().to(1));
    bench.lease(House.WORKER, new Marks(1, _ -> true, (_, _) -> 9));

    bench.late(bench.answer(0, 1, REJECTED));
    bench.late(bench.answer(0, 1, THROTTLED));
    assertThat(bench.states()).containsExactly("IN_FLIGHT");

    bench.late(bench.answer(0, 1, ACCEPTED));
    assertThat(bench.states()).containsExactly("SENT");
  }

  @Test
  void failsItWhenNoAttemptIsLeft() {
    Bench bench = new Bench(anSmsJob().to(1));
    LeasedChunk leased = bench.lease(1);
    for (int attempt = 1; attempt <= 4; attempt++) {
      bench.settle(leased, only(0), elsewhere(bench, 0, attempt));
    }

    bench.settle(leased, Marks.NONE, elsewhere(bench, 0, 5));

    assertThat(bench.states()).containsExactly("FAILED");
    assertThat(bench.kept(0)).hasSize(5);
  }

  @Test
  void failsWhatIsRefusedForWhatTheMessageIsWhateverTheWorkerSays() {
    Bench bench = new Bench(anSmsJob().to(1));
    LeasedChunk leased = bench.lease(1);

    bench.settle(leased, Marks.NONE, bench.answer(0, 1, REJECTED).goingElsewhere());

    assertThat(bench.states()).containsExactly("FAILED");
  }

  @Test
  void failsWhatWasInDoubtOnceItIsKnownToBeRefused() {
    Bench bench = new Bench(anSmsJob().to(1));
    LeasedChunk leased = bench.lease(1);
    bench.settle(leased, Marks.NONE, bench.answer(0, 1, UNCONFIRMED));

    bench.late(elsewhere(bench, 0, 1));

    assertThat(bench.states()).containsExactly("FAILED");
  }

  @Test
  void keepsInDoubtWhatIsRefusedWhenItIsHandedOverAgain() {
    Bench bench = new Bench(anSmsJob().to(1).onUnknown(UnknownPolicy.RESEND));
    LeasedChunk leased = bench.lease(1);
    Settled settled = bench.settle(leased, only(0), bench.answer(0, 1, UNCONFIRMED));
    assertThat(settled.marked()).containsExactly(Bench.markedAgain(0, 2));

    bench.settle(leased, Marks.NONE, bench.resent(0, 2, REFUSED).goingElsewhere());

    assertThat(bench.states()).containsExactly("FAILED_OUTCOME_UNKNOWN");
  }

  @Test
  void settlesARefusalOfWhichNobodyHeardOnce() {
    Bench bench = new Bench(anSmsJob().to(1));
    LeasedChunk leased = bench.lease(1);
    bench.settle(leased, only(0), elsewhere(bench, 0, 1));

    bench.settleAgain(leased, List.of(), elsewhere(bench, 0, 1));

    assertThat(bench.states()).containsExactly("QUEUED");
    assertThat(bench.attempts()).containsExactly(1);
    assertThat(bench.kept(0)).containsExactly(OutcomeKind.REJECTED);
  }

  @Test
  void cancelsWhatIsHeldBackAndKeepsNoAttempt() {
    Bench bench = new Bench(anSmsJob().to(2));
    LeasedChunk leased = bench.lease(2);

    bench.settle(leased, Marks.NONE, bench.answer(0, 1, WITHHELD), bench.answer(1, 1, ACCEPTED));

    assertThat(bench.states()).containsExactly("CANCELLED_SUPPRESSED", "SENT");
    assertThat(bench.attempts()).containsExactly(0, 1);
    assertThat(bench.kept(0)).isEmpty();
    assertThat(bench.shown().status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(bench.audit().differences()).isEmpty();
  }

  @Test
  void beginsToChooseAnewInEachTransaction() {
    Bench bench = new Bench(anSmsJob().to(2));
    List<String> asked = new ArrayList<>();
    CarrierChoice choice =
        new CarrierChoice() {
          @Override
          public void begin() {
            asked.add("begin");
          }

          @Override
          public int choose(int position, int boundTo) {
            asked.add("choose " + position);
            return PROVIDER;
          }
        };
    LeasedChunk leased = bench.lease(0);
    Marks marks = new Marks(1, _ -> true, choice);
    bench.house.store.setUnavailable(true);
    assertThatThrownBy(() -> bench.settle(leased, marks)).isInstanceOf(DomainException.class);
    bench.house.store.setUnavailable(false);

    bench.settle(leased, marks);
    bench.settle(leased, marks);

    assertThat(asked).containsExactly("begin", "choose 0", "begin", "choose 1");
  }

  private static Answer elsewhere(Bench bench, int position, int attempt) {
    return bench.answer(position, attempt, REFUSED).goingElsewhere();
  }
}
