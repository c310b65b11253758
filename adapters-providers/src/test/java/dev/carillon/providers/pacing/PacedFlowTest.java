package dev.carillon.providers.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.application.port.FlowControl.Allowance;
import dev.carillon.application.port.FlowControl.Traffic;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.application.port.Permits.Limit;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedFlowTest {
  private static final CarrierId CARRIER = new CarrierId("smpp");
  private static final Scope SCOPE = new Scope(new BusinessId(7), Environment.LIVE);
  private static final Duration OPEN_TIME = Duration.ofSeconds(5);
  private static final DispatchOutcome TAKEN = new DispatchOutcome.Accepted("1");
  private static final DispatchOutcome BUSY = new DispatchOutcome.Throttled(null);
  private static final DispatchOutcome LOST = new DispatchOutcome.Unconfirmed("");
  private static final DispatchOutcome DOWN =
      DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "");

  private final TestClock clock = new TestClock();
  private final ScriptedPermits permits = new ScriptedPermits();
  private final KeptLimits limits = new KeptLimits();
  private final PacedFlow flow =
      new PacedFlow(permits, limits, new PacingConfig(0.5, 20, 10, 4, OPEN_TIME, 3), clock);

  @Test
  void letsThroughWithoutACallWhatNoLimitHoldsFor() {
    assertThat(flow.ask(traffic("ACME", 0), 500)).isEqualTo(new Allowance(500, Duration.ZERO));
    flow.giveBack(traffic("ACME", 0), 20);

    assertThat(permits.asked()).isEmpty();
    assertThat(permits.givenBack()).isEmpty();
  }

  @Test
  void takesPermitsOfCarrierSenderAndJobTogether() {
    set(100, true);
    limits.set(new Sender(SCOPE, "ACME"), 20, "anna", clock.instant());

    flow.ask(traffic("ACME", 5), 50);
    flow.giveBack(traffic("ACME", 5), 2);

    List<Limit> all =
        List.of(
            new Limit("carrier:smpp", 100),
            new Limit("sender:7:LIVE:ACME", 20),
            new Limit("job:3", 5));
    assertThat(permits.asked()).containsExactly(new ScriptedPermits.Asked(all, 50, false));
    assertThat(permits.givenBack()).containsExactly(new ScriptedPermits.Asked(all, 2, false));
  }

  @Test
  void urgentMessagesTakeAhead() {
    Traffic urgent = new Traffic(new JobId(3), CARRIER, SCOPE, "", 5, Priority.URGENT);

    flow.ask(urgent, 1);

    assertThat(permits.asked()).extracting(ScriptedPermits.Asked::ahead).containsExactly(true);
  }

  @Test
  void waitsUntilACallIsWorthIt() {
    permits.granting(0, Duration.ofMillis(2));

    assertThat(flow.ask(traffic("", 500), 400).retryAfter())
        .isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
    assertThat(flow.ask(traffic("", 500), 1).retryAfter()).isEqualTo(Duration.ofMillis(2));
    assertThat(flow.ask(traffic("", 2), 400).retryAfter()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void readsLimitsAFewTimesASecondAndNoMore() {
    for (int i = 0; i < 1_000; i++) {
      flow.ask(traffic("", 0), 1);
      clock.pass(Duration.ofMillis(1));
    }

    assertThat(limits.reads()).isEqualTo(4);
  }

  @Test
  void changedLimitsAreInForceSoon() {
    flow.ask(traffic("ACME", 0), 1);
    set(100, true);
    limits.set(new Sender(SCOPE, "ACME"), 20, "anna", clock.instant());
    clock.pass(Duration.ofMillis(250));

    flow.ask(traffic("ACME", 0), 1);

    assertThat(permits.asked())
        .extracting(ScriptedPermits.Asked::limits)
        .containsExactly(
            List.of(new Limit("carrier:smpp", 100), new Limit("sender:7:LIVE:ACME", 20)));
  }

  @Test
  void letsNothingThroughWhenTheLimitsCannotBeReadForLong() {
    flow.ask(traffic("", 0), 1);
    limits.goAway();
    clock.pass(Duration.ofMillis(100));
    assertThat(flow.ask(traffic("", 0), 1).permits()).isEqualTo(1);

    clock.pass(Duration.ofSeconds(3));
    assertThatThrownBy(() -> flow.ask(traffic("", 0), 1)).isInstanceOf(DomainException.class);
    assertThat(flow.closedUntil(CARRIER)).isEmpty();
  }

  @Test
  void aCarrierThatIsSwitchedOffIsClosedUntilItIsSwitchedOn() {
    set(0, false);

    assertThat(flow.ask(traffic("", 0), 9).permits()).isZero();
    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plusSeconds(1));
    assertThat(flow.isOff(CARRIER)).isTrue();

    set(0, true);
    clock.pass(Duration.ofSeconds(1));
    assertThat(flow.closedUntil(CARRIER)).isEmpty();
    assertThat(flow.isOff(CARRIER)).isFalse();
    assertThat(flow.ask(traffic("", 0), 9).permits()).isEqualTo(9);
  }

  @Test
  void aFailingCarrierIsLeftAloneAndThenGivenAFewMessages() {
    note(DOWN, 10);

    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plus(OPEN_TIME));
    assertThat(flow.isOff(CARRIER)).isFalse();
    assertThat(flow.ask(traffic("", 0), 9)).isEqualTo(new Allowance(0, OPEN_TIME, true));

    clock.pass(OPEN_TIME.plusMillis(1));
    assertThat(flow.closedUntil(CARRIER)).isEmpty();
    assertThat(flow.ask(traffic("", 0), 9)).isEqualTo(new Allowance(3, Duration.ZERO, true));
    assertThat(flow.ask(traffic("", 0), 9))
        .satisfies(allowance -> {
          assertThat(allowance.permits()).isZero();
          assertThat(allowance.closed()).as("another carrier may be asked").isTrue();
        });
    assertThat(flow.standing(CARRIER).circuit()).isEqualTo("HALF_OPEN");

    note(TAKEN, 3);
    assertThat(flow.ask(traffic("", 0), 9)).isEqualTo(new Allowance(9, Duration.ZERO));
    assertThat(flow.standing(CARRIER).circuit()).isEqualTo("CLOSED");
  }

  /// A few messages would be tried to their end before there are answers enough to tell.
  @Test
  void aCarrierThatCannotBeReachedIsLeftAloneAfterAFewTimesInARow() {
    note(DOWN, 3);
    note(TAKEN, 1);
    note(DOWN, 3);
    assertThat(flow.closedUntil(CARRIER)).isEmpty();

    note(DOWN, 1);
    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plus(OPEN_TIME));

    clock.pass(OPEN_TIME.plusMillis(1));
    assertThat(flow.ask(traffic("", 0), 1).permits()).isEqualTo(1);
    note(DOWN, 1);
    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plus(OPEN_TIME));

    clock.pass(OPEN_TIME.plusMillis(1));
    flow.ask(traffic("", 0), 3);
    note(TAKEN, 3);
    assertThat(flow.standing(CARRIER).circuit()).isEqualTo("CLOSED");
  }

  @Test
  void whatACarrierAnswersOrDoesNotIsNotOutOfReach() {
    note(LOST, 5);
    note(new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "system error", null), 4);

    assertThat(flow.closedUntil(CARRIER)).isEmpty();
  }

  @Test
  void leavesACarrierAloneThatDoesNotServeTheAccount() {
    note(new DispatchOutcome.Unreachable(Reason.DESTINATION_UNREACHABLE, "", null), 10);
    assertThat(flow.closedUntil(CARRIER)).isEmpty();

    note(new DispatchOutcome.Unreachable(Reason.ACCOUNT_REFUSED, "", null), 10);
    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plus(OPEN_TIME));
  }

  @Test
  void aCarrierThatFailsItsTrialIsLeftAloneAgain() {
    note(DOWN, 10);
    clock.pass(OPEN_TIME.plusMillis(1));
    flow.ask(traffic("", 0), 3);

    note(DOWN, 3);

    assertThat(flow.closedUntil(CARRIER)).contains(clock.instant().plus(OPEN_TIME));
  }

  @Test
  void aTrialWhoseAnswersNeverComeIsRepeated() {
    note(DOWN, 10);
    clock.pass(OPEN_TIME.plusMillis(1));
    flow.ask(traffic("", 0), 3);
    clock.pass(OPEN_TIME.plusMillis(1));

    assertThat(flow.ask(traffic("", 0), 3).permits()).isZero();
    clock.pass(OPEN_TIME.plusMillis(1));
    assertThat(flow.ask(traffic("", 0), 9).permits()).isEqualTo(3);
  }

  @Test
  void trialsThatDidNotGoAreGivenToOthers() {
    note(DOWN, 10);
    clock.pass(OPEN_TIME.plusMillis(1));
    flow.ask(traffic("", 0), 3);
    flow.giveBack(traffic("", 0), 1);
    note(new DispatchOutcome.Withdrawn(), 1);

    assertThat(flow.ask(traffic("", 0), 9).permits()).isEqualTo(2);
  }

  @Test
  void trialsAreNotHeldWhereALimitLetsNothingThrough() {
    note(DOWN, 10);
    clock.pass(OPEN_TIME.plusMillis(1));
    permits.granting(0, Duration.ofMillis(2));
    assertThat(flow.ask(traffic("", 5), 9).permits()).isZero();

    permits.granting(9, Duration.ZERO);
    assertThat(flow.ask(traffic("", 5), 9).permits()).isEqualTo(3);
  }

  @Test
  void whatSaysNothingAboutTheCarrierDoesNotCloseIt() {
    note(new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, ""), 50);
    note(new DispatchOutcome.Unreachable(Reason.DESTINATION_UNREACHABLE, "", null), 50);
    note(new DispatchOutcome.Withdrawn(), 50);
    note(BUSY, 50);

    assertThat(flow.closedUntil(CARRIER)).isEmpty();
  }

  @Test
  void answersThatWereLostCountAsFailures() {
    note(LOST, 10);

    assertThat(flow.closedUntil(CARRIER)).isPresent();
  }

  @Test
  void longSuccessDoesNotHideThatACarrierFailsNow() {
    note(TAKEN, 100_000);
    note(LOST, 9);
    assertThat(flow.closedUntil(CARRIER)).isEmpty();

    note(LOST, 1);
    assertThat(flow.closedUntil(CARRIER)).isPresent();
  }

  @Test
  void slowsACarrierDownToSevenTenthsOfWhatItTookWhileItWasTooBusy() {
    note(TAKEN, 5_000);
    answerForASecond(30, 20);

    assertThat(limits.cuts())
        .singleElement()
        .satisfies(cut -> assertThat(cut.cutTo()).isCloseTo(210, within(0.1)));
    assertThat(flow.standing(CARRIER).inForcePerSecond()).hasValueCloseTo(210.0, within(0.1));
  }

  @Test
  void doesNotTakeTheFirstAnswersOfABusyCarrierForAllThatItCan() {
    note(TAKEN, 3);
    note(BUSY, 40);
    clock.pass(Duration.ofMillis(20));
    note(TAKEN, 6);
    note(BUSY, 400);

    assertThat(limits.cuts()).isEmpty();
  }

  @Test
  void doesNotCountTimeInWhichACarrierHadNothingToAnswer() {
    for (int i = 0; i < 3; i++) {
      note(BUSY, 5);
      clock.pass(Duration.ofMillis(100));
      note(TAKEN, 50);
      clock.pass(Duration.ofMillis(1_900));
    }

    assertThat(limits.cuts()).isEmpty();
  }

  @Test
  void slowsDownStepByStepWhatStaysTooBusy() {
    set(1_000, true);
    answerForASecond(30, 20);
    answerForASecond(30, 20);

    assertThat(limits.cuts())
        .satisfiesExactly(
            first -> assertThat(first.cutTo()).isCloseTo(700, within(0.1)),
            second -> assertThat(second.cutTo()).isCloseTo((700 + 50) * 0.7, within(0.1)));
  }

  @Test
  void doesNotTakeASecondOfRefusingEverythingForAllThatACarrierCan() {
    answerForASecond(0, 20);

    assertThat(limits.cuts())
        .singleElement()
        .satisfies(cut -> assertThat(cut.cutTo()).isCloseTo(70, within(0.1)));
  }

  @Test
  void aFewRefusalsAmongManySlowNothingDown() {
    note(BUSY, 1);
    answerForASecond(1_000, 0);
    note(BUSY, 4);
    answerForASecond(10, 0);
    note(BUSY, 100);
    answerForASecond(1_000, 15);

    assertThat(limits.cuts()).isEmpty();
  }

  @Test
  void goesOnWhenASlowDownCannotBeStored() {
    flow.ask(traffic("", 0), 1);
    limits.goAway();
    clock.pass(Duration.ofSeconds(3));

    answerForASecond(0, 100);

    assertThat(limits.cuts()).isEmpty();
  }

  @Test
  void tellsHowACarrierStands() {
    limits.set(CARRIER, 50, 30, false, "anna", clock.instant());

    assertThat(flow.window(CARRIER)).isEqualTo(30);
    assertThat(flow.standing(CARRIER).enabled()).isFalse();
    assertThat(flow.standing(CARRIER).limitPerSecond()).isEqualTo(50);
    assertThat(flow.standing(CARRIER).closedUntil()).isNull();
  }

  @Test
  void refusesAConfigurationWithProblems() {
    PacingConfig wrong = new PacingConfig(0, 1, 2, 0, Duration.ZERO, 0);

    assertThat(wrong.problems()).hasSize(6);
    assertThat(PacingConfig.DEFAULT.problems()).isEmpty();
    assertThatThrownBy(() -> new PacedFlow(permits, limits, wrong, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void set(double perSecond, boolean enabled) {
    limits.set(CARRIER, perSecond, 0, enabled, "anna", clock.instant());
  }

  private void note(DispatchOutcome outcome, int times) {
    flow.note(CARRIER, Collections.nCopies(times, outcome));
  }

  /// A refusal, and then ten times so many answers.
  private void answerForASecond(int taken, int refused) {
    note(refused > 0 ? BUSY : TAKEN, 1);
    for (int i = 0; i < 10; i++) {
      clock.pass(Duration.ofMillis(100));
      note(TAKEN, taken);
      note(BUSY, refused);
    }
  }

  private static Traffic traffic(String sender, int jobPerSecond) {
    return new Traffic(new JobId(3), CARRIER, SCOPE, sender, jobPerSecond, Priority.NORMAL);
  }
}
