package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressedTest {
  private static final String STOPPED = "+263771000002";
  private static final long PART_MICROS = 20_000;

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
  private final House house = new House(carrier);
  private final WatchedSuppressions suppressions =
      new WatchedSuppressions(house.store.suppressions());
  private final Engine engine = new Engine(house, suppressions);

  @Test
  void handsNothingToWhomeverAskedForItAfterTheJobWasAccepted() {
    StoredJob job = threeMessages(UnknownPolicy.HOLD);
    stop();

    engine.workAll();

    assertThat(carrier.wire())
        .extracting(OutboundMessage::address)
        .containsExactly("+263771000001", "+263771000003");
    Message stopped = house.store.messages().find(job.scope(), job.messageId(1)).orElseThrow();
    assertThat(stopped.status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(stopped.reason()).isEqualTo(Reason.SUPPRESSED);
    assertThat(stopped.attempts()).isZero();
    assertThat(house.store.log().attempts(job.id(), 1)).isEmpty();
    assertThat(house.job(job).counters().cancelled()).isEqualTo(1);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void givesTheMoneyBack() {
    StoredJob job = threeMessages(UnknownPolicy.HOLD);
    stop();

    engine.workAll();

    assertThat(house.store.ledger().bookedFor(job.id()))
        .containsEntry(EntryKind.REFUND, PART_MICROS)
        .containsEntry(EntryKind.CAPTURE, 2 * PART_MICROS);
  }

  @Test
  void noticesWhatIsAddedWhileItWorksOnTheChunk() {
    StoredJob job =
        house.stored(anSmsJob().to(4).to(STOPPED, PersonalContent.EMPTY, "").chunksOf(5));
    carrier.answering(message -> {
      if (message.ref().position() == 1) {
        stop();
        engine.recent.refresh();
      }
      return ScriptedCarrier.accept(message);
    });
    engine.recent.refresh();

    assertThat(engine.workOnce()).isTrue();

    assertThat(carrier.wire()).hasSize(4);
    assertThat(house.state(job.ref(4))).isEqualTo(MessageState.CANCELLED_SUPPRESSED);
  }

  @Test
  void noticesAtOnceWhatThisNodeAdds() {
    StoredJob job =
        house.stored(anSmsJob().to(4).to(STOPPED, PersonalContent.EMPTY, "").chunksOf(5));
    carrier.answering(message -> {
      if (message.ref().position() == 1) {
        stop();
        engine.recent.add(List.of(suppression()));
      }
      return ScriptedCarrier.accept(message);
    });
    engine.recent.refresh();

    assertThat(engine.workOnce()).isTrue();

    assertThat(house.state(job.ref(4))).isEqualTo(MessageState.CANCELLED_SUPPRESSED);
  }

  @Test
  void writesToWhomeverWasTakenOffTheListAgain() {
    StoredJob job = threeMessages(UnknownPolicy.HOLD);
    stop();
    engine.recent.refresh();
    house.store.suppressions().remove(house.scope, Channel.SMS, List.of(STOPPED));

    engine.workAll();

    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.SENT);
  }

  @Test
  void asksTheStoreOnceForEachChunk() {
    house.stored(anSmsJob().to(20).chunksOf(10));
    engine.recent.refresh();

    engine.workAll();

    assertThat(carrier.wire()).hasSize(20);
    assertThat(suppressions.questions).containsExactly(10, 10);
  }

  @Test
  void asksAgainWhileNobodyTellsItWhatIsAdded() {
    house.stored(anSmsJob().to(6).chunksOf(6));

    engine.workAll();

    assertThat(carrier.wire()).hasSize(6);
    assertThat(suppressions.questions).hasSizeGreaterThan(1).containsOnly(6);
  }

  @Test
  void handsNothingOverWhileItCannotFindOut() {
    StoredJob job = threeMessages(UnknownPolicy.HOLD);
    suppressions.away = true;

    engine.workAll();
    assertThat(carrier.wire()).isEmpty();
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.QUEUED);
    assertThat(house.chunk(job, 0).attempts(0)).isZero();

    suppressions.away = false;
    engine.workThroughWaits();
    assertThat(carrier.wire()).hasSize(3);
  }

  @Test
  void doesNotHandOverAgainWhatIsInDoubtAtSomebodyWhoAskedForIt() {
    carrier.answering(_ -> new DispatchOutcome.Unconfirmed("lost"));
    StoredJob job = threeMessages(UnknownPolicy.RESEND);
    engine.workAll();
    stop();

    engine.workThroughWaits();

    assertThat(carrier.wire()).hasSize(5);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.FAILED_OUTCOME_UNKNOWN);
    assertThat(house.chunk(job, 0).attempts(1)).isEqualTo(1);
    assertThat(house.store.log().attempts(job.id(), 1))
        .extracting(Attempt::kind)
        .containsExactly(OutcomeKind.UNCONFIRMED);
  }

  @Test
  void stopsNobodyOnAnotherListOrAnotherChannel() {
    StoredJob job = threeMessages(UnknownPolicy.HOLD);
    house.store.suppressions().add(house.scope, Channel.WHATSAPP, STOPPED);
    house.store.suppressions().add(house.store.newScope(), Channel.SMS, STOPPED);

    engine.workAll();

    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.SENT);
  }

  private void stop() {
    house.store.suppressions().add(List.of(suppression()));
  }

  private Suppression suppression() {
    return new Suppression(
        house.scope,
        Channel.SMS,
        STOPPED,
        SuppressionCause.STOP,
        "",
        "carrier:scripted",
        house.clock.instant());
  }

  private StoredJob threeMessages(UnknownPolicy policy) {
    return house.stored(
        anSmsJob()
            .to("+263771000001", PersonalContent.EMPTY, "")
            .to(STOPPED, PersonalContent.EMPTY, "")
            .to("+263771000003", PersonalContent.EMPTY, "")
            .costing(PART_MICROS, new RefundPlan(true, true))
            .until(house.clock.instant().plus(Duration.ofDays(2)))
            .onUnknown(policy));
  }
}
