package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Receipt;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every carrier owes the house, whatever it speaks. A suite for a carrier makes its peer
/// treat messages as told.
public abstract class CarrierContract {
  /// What the peer does with a message.
  protected enum Treatment {
    TAKE,
    REFUSE,
    THROTTLE,
    THROTTLE_WITH_RETRY_AFTER,
    BE_UNREACHABLE,
    NEVER_ANSWER
  }

  /// The carrier, started; its receipts go to [#sink()].
  protected abstract Carrier carrier();

  /// Where its receipts go.
  protected abstract RecordingSink sink();

  /// The first attempt of a message that the peer treats so.
  protected abstract OutboundMessage message(Treatment treatment, int position);

  /// How many messages have reached the peer.
  protected abstract int handedOver();

  private final RecordingHandOver handOver = new RecordingHandOver();

  @Test
  void tellsItsIdForAMessageThatItTakes() {
    DispatchOutcome outcome = answerTo(message(Treatment.TAKE, 1));

    assertThat(outcome).isInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(((DispatchOutcome.Accepted) outcome).carrierMessageId())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(255);
  }

  @Test
  void givesEveryMessageItsOwnId() {
    List<OutboundMessage> messages = messages(Treatment.TAKE, 50);
    carrier().submit(messages, handOver);

    Set<DispatchOutcome> outcomes = new HashSet<>();
    handOver.awaitAnswers(50).forEach(answer -> outcomes.add(answer.outcome()));
    assertThat(outcomes).hasSize(50);
  }

  @Test
  void echoesOurReferenceInItsReceipts() {
    OutboundMessage message = message(Treatment.TAKE, 3);
    DispatchOutcome outcome = answerTo(message);

    Receipt receipt = sink().awaitReceipts(1).getFirst();
    assertThat(receipt.ref()).isEqualTo(message.ref());
    assertThat(receipt.carrier()).isEqualTo(carrier().id());
    assertThat(new DispatchOutcome.Accepted(receipt.carrierMessageId())).isEqualTo(outcome);
  }

  @Test
  void saysWhyItRefusesForGood() {
    OutboundMessage message = message(Treatment.REFUSE, 1);
    DispatchOutcome outcome = answerTo(message);

    assertThat(outcome).isInstanceOf(DispatchOutcome.Rejected.class);
    String detail = ((DispatchOutcome.Rejected) outcome).detail();
    assertThat(detail).hasSizeLessThanOrEqualTo(255).doesNotContain(message.address());
  }

  @Test
  void isThrottledWithoutATimeToWait() {
    assertThat(answerTo(message(Treatment.THROTTLE, 1)))
        .isEqualTo(new DispatchOutcome.Throttled(null));
  }

  @Test
  void isThrottledWithTheTimeThatThePeerAsksFor() {
    DispatchOutcome outcome = answerTo(message(Treatment.THROTTLE_WITH_RETRY_AFTER, 1));

    assertThat(outcome).isInstanceOf(DispatchOutcome.Throttled.class);
    assertThat(((DispatchOutcome.Throttled) outcome).retryAfter()).isPositive();
  }

  @Test
  void saysThatItCouldNotReachThePeer() {
    assertThat(answerTo(message(Treatment.BE_UNREACHABLE, 1)))
        .isInstanceOf(DispatchOutcome.Unreachable.class);
  }

  @Test
  void doesNotClaimAnOutcomeWhenTheAnswerIsLost() {
    OutboundMessage lost = message(Treatment.NEVER_ANSWER, 1);
    OutboundMessage other = message(Treatment.TAKE, 2);
    carrier().submit(List.of(lost, other), handOver);
    handOver.awaitAnswer(other);

    assertThat(handOver.answers())
        .filteredOn(answer -> answer.message().equals(lost))
        .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Unconfirmed);
  }

  @Test
  void withdrawsWhatMayNotGoAnyMore() {
    RecordingHandOver stopped = new RecordingHandOver().lettingGo(0);
    carrier().submit(messages(Treatment.TAKE, 20), stopped);

    assertThat(stopped.awaitAnswers(20))
        .hasSize(20)
        .allMatch(answer -> answer.outcome().equals(new DispatchOutcome.Withdrawn()));
    assertThat(handedOver()).isZero();
  }

  @Test
  void asksForEveryMessageWhetherItMayGo() {
    RecordingHandOver stopping = new RecordingHandOver().lettingGo(5);
    carrier().submit(messages(Treatment.TAKE, 20), stopping);

    assertThat(stopping.awaitAnswers(20))
        .filteredOn(answer -> answer.outcome() instanceof DispatchOutcome.Accepted)
        .hasSize(5);
    assertThat(stopping.asked()).isEqualTo(20);
    assertThat(handedOver()).isEqualTo(5);
  }

  @Test
  void saysWhatItIs() {
    assertThat(carrier().channels()).isNotEmpty();
    assertThat(carrier().window()).isPositive();
    assertThat(carrier().answerTimeout()).isGreaterThan(Duration.ZERO);
  }

  private DispatchOutcome answerTo(OutboundMessage message) {
    carrier().submit(List.of(message), handOver);
    return handOver.awaitAnswer(message);
  }

  private List<OutboundMessage> messages(Treatment treatment, int count) {
    return IntStream.range(0, count).mapToObj(i -> message(treatment, i)).toList();
  }
}
