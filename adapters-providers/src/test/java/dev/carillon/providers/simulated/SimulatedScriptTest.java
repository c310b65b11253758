package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.providers.RecordingHandOver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedScriptTest {
  private static final SimulatedConfig CONFIG =
      SimulatedConfig.DEFAULT.withTiming(
          new SimulatedConfig.Timing(
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              Duration.ofMillis(200),
              Duration.ofMillis(700)));

  /// Receipts come long after the wait for an answer is over, on however slow a machine.
  private static final SimulatedConfig LATE_RECEIPTS =
      CONFIG.withTiming(
          CONFIG.timing().withReceiptDelay(Duration.ofMinutes(1), Duration.ofMinutes(1)));

  private final OneMessageHouse house = new OneMessageHouse();

  @ParameterizedTest
  @EnumSource(SimulatedScript.class)
  void everyScriptEndsWhereItSays(SimulatedScript script) {
    play(script);

    assertThat(house.state().status(true)).isEqualTo(script.end());
  }

  @ParameterizedTest
  @EnumSource(SimulatedScript.class)
  void nothingThatTheCarrierSaysGivesAnAddressAway(SimulatedScript script) {
    OutboundMessage message = play(script);

    assertThat(house.outcomes().toString()).doesNotContain(message.address());
    assertThat(house.receipts().toString()).doesNotContain(message.address());
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, CARRIER_REFUSED",
    "REFUSED_UNKNOWN, UNKNOWN_DESTINATION",
    "REFUSED_BLOCKED, DESTINATION_BLOCKED",
    "REFUSED_CONTENT, CONTENT_REFUSED",
    "REFUSED_SENDER, SENDER_REFUSED",
  })
  void refusalsHaveTheirReason(SimulatedScript script, Reason reason) {
    play(script);

    assertThat(house.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(house.receipts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNDELIVERED, NOT_DELIVERED",
    "UNDELIVERED_ABSENT, DESTINATION_UNREACHABLE",
    "UNDELIVERED_UNKNOWN, UNKNOWN_DESTINATION",
    "UNDELIVERED_BLOCKED, DESTINATION_BLOCKED",
    "LOST_UNDELIVERED, NOT_DELIVERED",
  })
  void failedDeliveriesHaveTheirReason(SimulatedScript script, Reason reason) {
    play(script);

    Receipt receipt = house.receipts().getFirst();
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
    assertThat(receipt.reason()).isEqualTo(reason);
    assertThat(receipt.detail()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"THROTTLED_ONCE, 1", "THROTTLED_THRICE, 3"})
  void throttlesSoOftenWithoutATimeToWait(SimulatedScript script, int times) {
    play(script);

    assertThat(house.outcomes()).hasSize(times + 1);
    assertThat(house.outcomes().subList(0, times))
        .containsOnly(new DispatchOutcome.Throttled(null));
    assertThat(house.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"THROTTLED_ONCE_WAIT, 1", "THROTTLED_THRICE_WAIT, 3"})
  void throttlesSoOftenWithATimeToWait(SimulatedScript script, int times) {
    play(script);

    assertThat(house.outcomes()).hasSize(times + 1);
    assertThat(house.outcomes().subList(0, times))
        .containsOnly(new DispatchOutcome.Throttled(Duration.ofMillis(700)));
  }

  @Test
  void throttlesForEver() {
    play(SimulatedScript.THROTTLED);

    assertThat(house.outcomes()).hasSize(12).hasOnlyElementsOfType(DispatchOutcome.Throttled.class);
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE_ONCE, CARRIER_UNREACHABLE, 1",
    "UNREACHABLE_TWICE, CARRIER_UNREACHABLE, 2",
    "UNREACHABLE_FOUR_TIMES, CARRIER_UNREACHABLE, 4",
    "ABSENT_ONCE, DESTINATION_UNREACHABLE, 1",
  })
  void isUnreachableSoOften(SimulatedScript script, Reason reason, int times) {
    play(script);

    assertThat(house.outcomes().subList(0, times))
        .hasOnlyElementsOfType(DispatchOutcome.Unreachable.class)
        .extracting(outcome -> ((DispatchOutcome.Unreachable) outcome).reason())
        .containsOnly(reason);
    assertThat(house.attempts()).isEqualTo(times + 1);
  }

  @Test
  void tellsHowLongTheDestinationWillBeAbsent() {
    play(SimulatedScript.ABSENT_ONCE);

    DispatchOutcome first = house.outcomes().getFirst();
    assertThat(((DispatchOutcome.Unreachable) first).retryAfter())
        .isEqualTo(Duration.ofMillis(700));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "ABSENT"})
  void usesUpAllAttempts(SimulatedScript script) {
    play(script);

    assertThat(house.outcomes()).hasSize(5);
    assertThat(house.attempts()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "LOST_DELIVERED", "LOST_UNDELIVERED", "LOST_SENT", "LOST_UNTAKEN"})
  void neverAnswersWhatIsLost(SimulatedScript script) {
    OutboundMessage message = TestMessages.to(script, 0);
    try (SimulatedCarrier carrier =
        new SimulatedCarrier(LATE_RECEIPTS, house, InstantSource.system())) {
      carrier.start();
      house.send(message, carrier);

      assertThat(house.outcomes()).isEmpty();
      assertThat(house.receipts()).isEmpty();
      assertThat(house.history()).containsExactly(MessageState.IN_FLIGHT, MessageState.UNKNOWN);
    }

    assertThat(house.outcomes()).isEmpty();
    assertThat(house.state().status(true)).isEqualTo(script.end());
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCONFIRMED", "UNCONFIRMED_DELIVERED"})
  void saysItselfThatItCannotTell(SimulatedScript script) {
    play(script);

    assertThat(house.outcomes()).hasOnlyElementsOfType(DispatchOutcome.Unconfirmed.class);
    assertThat(house.history()).contains(MessageState.UNKNOWN);
  }

  @Test
  void takesOnTheSecondHandOverWhatNeverArrivedOnTheFirst() {
    OutboundMessage first = TestMessages.to(SimulatedScript.LOST_UNTAKEN, 0);
    RecordingHandOver handOver = new RecordingHandOver();
    try (SimulatedCarrier carrier = new SimulatedCarrier(CONFIG, house, InstantSource.system())) {
      carrier.start();
      carrier.submit(List.of(first, TestMessages.again(first)), handOver);
    }

    assertThat(handOver.answers())
        .singleElement()
        .satisfies(answer -> assertThat(answer.message().attempt()).isEqualTo(2))
        .satisfies(answer ->
            assertThat(answer.outcome()).isEqualTo(new DispatchOutcome.Accepted("sim-7.0.0-2")));
  }

  @Test
  void answersAfterTheTimeOut() {
    play(SimulatedScript.TOO_LATE);

    assertThat(house.history())
        .containsExactly(MessageState.IN_FLIGHT, MessageState.UNKNOWN, MessageState.SENT);
  }

  @Test
  void answersSlowlyButInTime() {
    play(SimulatedScript.SLOW);

    assertThat(house.history())
        .containsExactly(MessageState.IN_FLIGHT, MessageState.SENT, MessageState.DELIVERED);
  }

  @Test
  void bringsAReceiptBeforeTheAnswer() {
    play(SimulatedScript.EARLY_RECEIPT);

    assertThat(house.history()).containsExactly(MessageState.IN_FLIGHT, MessageState.DELIVERED);
    assertThat(house.outcomes()).hasOnlyElementsOfType(DispatchOutcome.Accepted.class);
  }

  @Test
  void bringsTheSameReceiptThreeTimes() {
    play(SimulatedScript.DOUBLED_RECEIPT);

    assertThat(house.receipts())
        .extracting(Receipt::kind)
        .isEqualTo(Collections.nCopies(3, ReceiptKind.DELIVERED));
    assertThat(house.receipts()).extracting(Receipt::carrierMessageId).containsOnly("sim-7.0.0-1");
  }

  @ParameterizedTest
  @CsvSource({
    "READ, DELIVERED, READ",
    "READ_FIRST, READ, DELIVERED",
    "TAKEN_BACK, DELIVERED, UNDELIVERED",
    "RECOVERED, UNDELIVERED, DELIVERED",
  })
  void bringsReceiptsInTheScriptsOrder(
      SimulatedScript script, ReceiptKind first, ReceiptKind second) {
    play(script);

    assertThat(house.receipts()).extracting(Receipt::kind).containsExactly(first, second);
  }

  @Test
  void bringsAReceiptForAMessageThatDoesNotExist() {
    OutboundMessage message = play(SimulatedScript.STRAY_RECEIPT);

    assertThat(house.receipts()).hasSize(2);
    assertThat(house.receipts().getFirst().ref()).isNotEqualTo(message.ref());
    assertThat(house.receipts().getLast().ref()).isEqualTo(message.ref());
  }

  @ParameterizedTest
  @EnumSource(names = {"SENT", "LOST", "UNCONFIRMED", "TOO_LATE"})
  void tellsNothingLaterWhereTheScriptHasNoReceipt(SimulatedScript script) {
    play(script);

    assertThat(house.receipts()).isEmpty();
  }

  @Test
  void everyEndThatACarrierCanCauseHasAScript() {
    assertThat(SimulatedScript.values())
        .extracting(SimulatedScript::end)
        .contains(
            MessageStatus.QUEUED,
            MessageStatus.SENT,
            MessageStatus.DELIVERED,
            MessageStatus.READ,
            MessageStatus.UNDELIVERED,
            MessageStatus.FAILED,
            MessageStatus.UNKNOWN);
  }

  /// Plays the script to its end: closing the carrier makes it say all that it had yet to say.
  private OutboundMessage play(SimulatedScript script) {
    OutboundMessage message = TestMessages.to(script, 0);
    try (SimulatedCarrier carrier = new SimulatedCarrier(CONFIG, house, InstantSource.system())) {
      carrier.start();
      house.send(message, carrier);
    }
    return message;
  }
}
