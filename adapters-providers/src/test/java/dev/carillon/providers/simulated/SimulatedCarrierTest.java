package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingHandOver.Answer;
import dev.carillon.providers.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedCarrierTest {
  private static final long SEED = 20_260_102;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final DispatchOutcome THROTTLED = new DispatchOutcome.Throttled(null);

  private static final SimulatedConfig QUICK =
      SimulatedConfig.DEFAULT.withTiming(
          SimulatedConfig.Timing.DEFAULT
              .withLatency(Duration.ofMillis(1), Duration.ofMillis(3))
              .withReceiptDelay(Duration.ofMillis(1), Duration.ofMillis(3))
              .withAnswerTimeout(Duration.ofMillis(150)));

  private final RecordingSink sink = new RecordingSink();
  private final RecordingHandOver handOver = new RecordingHandOver();
  private SimulatedCarrier carrier = started(QUICK);

  @AfterEach
  void close() {
    sink.recover();
    carrier.close();
  }

  @Test
  void answersWithinTheCallWhenThereIsNoLatency() {
    restart(SimulatedConfig.IMMEDIATE);
    List<OutboundMessage> messages = TestMessages.ordinary(2_000);
    carrier.submit(messages, handOver);

    assertThat(handOver.answers()).extracting(Answer::message).isEqualTo(messages);
    assertThat(handOver.answers()).extracting(Answer::thread).containsOnly(Thread.currentThread());
    assertThat(handOver.answers())
        .extracting(Answer::outcome)
        .hasOnlyElementsOfType(DispatchOutcome.Accepted.class)
        .doesNotHaveDuplicates();
  }

  @Test
  void answersFromOneThreadOfItsOwnWhenThereIsLatency() {
    carrier.submit(TestMessages.ordinary(400), handOver);

    assertThat(handOver.awaitAnswers(400))
        .extracting(answer -> answer.thread().getName())
        .containsOnly("simulated-answers");
  }

  @Test
  void deliversOrdinaryMessagesUnlessToldOtherwise() {
    carrier.submit(TestMessages.ordinary(300), handOver);

    assertThat(sink.awaitReceipts(300)).extracting(Receipt::ref).doesNotHaveDuplicates();
    assertThat(sink.receipts().getFirst().at()).isAfter(NOW).isBefore(NOW.plusSeconds(1));
  }

  @Test
  void treatsOrdinaryMessagesAsConfigured() {
    restart(QUICK.withOrdinary(SimulatedScript.REFUSED));
    OutboundMessage ordinary = TestMessages.ordinary(1).getFirst();
    OutboundMessage magic = TestMessages.to(SimulatedScript.SENT, 1);
    carrier.submit(List.of(ordinary, magic), handOver);

    assertThat(handOver.awaitAnswer(ordinary)).isInstanceOf(DispatchOutcome.Rejected.class);
    assertThat(handOver.awaitAnswer(magic)).isInstanceOf(DispatchOutcome.Accepted.class);
  }

  @Test
  void tellsNothingLaterWithoutReceipts() {
    restart(QUICK.withReceipts(false));
    carrier.submit(TestMessages.ordinary(100), handOver);
    OutboundMessage early = TestMessages.to(SimulatedScript.EARLY_RECEIPT, 100);
    carrier.submit(List.of(early), handOver);
    handOver.awaitAnswers(101);
    carrier.close();

    assertThat(handOver.awaitAnswer(early)).isInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(sink.receipts()).isEmpty();
  }

  @Test
  void givesEveryMessageExactlyOneAnswerWhateverItsScript() throws Exception {
    restart(QUICK.withLimits(new SimulatedConfig.Limits(0, 200, 100, 1_000)));
    List<OutboundMessage> messages = scripted(4_000);
    RecordingHandOver stopping = new RecordingHandOver().lettingGo(3_500);
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int from = 0; from < messages.size(); from += 50) {
        List<OutboundMessage> batch = messages.subList(from, from + 50);
        done.add(workers.submit(() -> carrier.submit(batch, stopping)));
      }
      for (Future<?> worker : done) {
        worker.get();
      }
    }
    carrier.close();

    Map<MessageRef, Long> answers =
        stopping.answers().stream()
            .collect(Collectors.groupingBy(a -> a.message().ref(), Collectors.counting()));
    assertThat(answers.values()).as("seed " + SEED).containsOnly(1L);
    assertThat(messages)
        .as("seed " + SEED)
        .filteredOn(message -> !answers.containsKey(message.ref()))
        .allMatch(message -> script(message).name().startsWith("LOST"));
    assertThat(stopping.answers())
        .filteredOn(answer -> answer.outcome() instanceof DispatchOutcome.Withdrawn)
        .hasSize(stopping.asked() - 3_500);
  }

  @Test
  void neverHasMoreUnansweredThanItsConcurrency() throws Exception {
    restart(QUICK.withLimits(new SimulatedConfig.Limits(0, 10, 500, 1_000)));
    CountingHandOver counting = new CountingHandOver();
    try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        done.add(workers.submit(() -> carrier.submit(TestMessages.ordinary(60), counting)));
      }
      for (Future<?> worker : done) {
        worker.get();
      }
    }
    carrier.close();

    assertThat(counting.answers.get()).isEqualTo(180);
    assertThat(counting.most.get()).isLessThanOrEqualTo(10);
  }

  @Test
  void waitsForRoom() {
    restart(QUICK.withLimits(new SimulatedConfig.Limits(0, 1, 500, 1_000)));
    OutboundMessage slow = TestMessages.to(SimulatedScript.SLOW, 1);
    OutboundMessage next = TestMessages.to(SimulatedScript.SENT, 2);
    carrier.submit(List.of(slow, next), handOver);

    assertThat(handOver.awaitAnswers(2)).extracting(Answer::message).containsExactly(slow, next);
    assertThat(kinds(handOver)).containsOnly(DispatchOutcome.Accepted.class);
  }

  @Test
  void keepsItsRoomUntilTheTimeOutOfAMessageThatIsNeverAnswered() {
    restart(QUICK.withLimits(new SimulatedConfig.Limits(0, 1, 500, 1_000)));
    OutboundMessage next = TestMessages.to(SimulatedScript.SENT, 1);
    long start = System.nanoTime();
    carrier.submit(List.of(TestMessages.to(SimulatedScript.LOST, 0)), handOver);
    DispatchOutcome outcome = THROTTLED;
    for (int tries = 0; tries < 100 && outcome.equals(THROTTLED); tries++) {
      RecordingHandOver again = new RecordingHandOver();
      carrier.submit(List.of(next), again);
      outcome = again.awaitAnswer(next);
    }

    assertThat(outcome).isInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
    assertThat(handOver.answers()).isEmpty();
  }

  @Test
  void givesMessagesBackWhenReceiptsFindNoRoomAndLosesNone() {
    restart(QUICK.withLimits(new SimulatedConfig.Limits(0, 500, 500, 1_000)));
    sink.failWith(batch -> unavailable());
    carrier.submit(TestMessages.ordinary(1_000), handOver);
    OutboundMessage next = TestMessages.to("+263771111111", 5_000);
    RecordingHandOver later = new RecordingHandOver();
    carrier.submit(List.of(next), later);

    assertThat(later.awaitAnswer(next)).isEqualTo(THROTTLED);
    assertThat(later.asked()).isZero();

    sink.recover();
    assertThat(sink.awaitReceipts(1_000)).extracting(Receipt::ref).doesNotHaveDuplicates();
    RecordingHandOver again = new RecordingHandOver();
    carrier.submit(List.of(next), again);
    assertThat(again.awaitAnswer(next)).isInstanceOf(DispatchOutcome.Accepted.class);
  }

  @Test
  void answersAfterAnEarlyReceiptOnlyWhenThatIsStored() {
    OutboundMessage message = TestMessages.to(SimulatedScript.EARLY_RECEIPT, 1);
    sink.failWith(batch -> unavailable());
    carrier.submit(List.of(message), handOver);
    sink.awaitCalls(3);

    assertThat(handOver.answers()).isEmpty();
    sink.recover();
    assertThat(handOver.awaitAnswer(message)).isInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(sink.receipts()).hasSize(1);
  }

  @Test
  void throttlesAboveItsRate() {
    restart(SimulatedConfig.IMMEDIATE.withLimits(new SimulatedConfig.Limits(10, 500, 500, 1_000)));
    carrier.submit(TestMessages.ordinary(100), handOver);

    List<DispatchOutcome> outcomes =
        handOver.answers().stream().map(Answer::outcome).distinct().toList();
    assertThat(outcomes).hasAtLeastOneElementOfType(DispatchOutcome.Accepted.class);
    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            DispatchOutcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isPositive());
  }

  @Test
  void drawsTheConfiguredSharesTheSameEveryTime() {
    SimulatedConfig.Shares shares = new SimulatedConfig.Shares(0.1, 0.2, 0.1, 0, 42);
    List<OutboundMessage> messages = TestMessages.ordinary(5_000);
    restart(SimulatedConfig.IMMEDIATE.withShares(shares));
    carrier.submit(messages, handOver);
    RecordingHandOver again = new RecordingHandOver();
    restart(SimulatedConfig.IMMEDIATE.withShares(shares));
    carrier.submit(messages, again);

    assertThat(kinds(again)).isEqualTo(kinds(handOver));
    Map<Class<?>, Long> counts =
        kinds(handOver).stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts.get(DispatchOutcome.Rejected.class)).isBetween(400L, 600L);
    assertThat(counts.get(DispatchOutcome.Unreachable.class)).isBetween(400L, 600L);
    assertThat(counts.get(DispatchOutcome.Accepted.class)).isBetween(3_800L, 4_200L);
  }

  @Test
  void drawsAnewForEveryAttempt() {
    restart(SimulatedConfig.IMMEDIATE.withShares(new SimulatedConfig.Shares(0, 0, 0.5, 0, 42)));
    List<OutboundMessage> first = TestMessages.ordinary(200);
    carrier.submit(first, handOver);
    RecordingHandOver second = new RecordingHandOver();
    carrier.submit(first.stream().map(m -> TestMessages.attempt(m, 2)).toList(), second);

    assertThat(kinds(second)).isNotEqualTo(kinds(handOver));
  }

  @Test
  void remembersForEachMessageHowOftenItWasThrottled() {
    restart(SimulatedConfig.IMMEDIATE);
    OutboundMessage one = TestMessages.to(SimulatedScript.THROTTLED_ONCE, 1);
    OutboundMessage other = TestMessages.to(SimulatedScript.THROTTLED_ONCE, 2);
    carrier.submit(List.of(one, other, one, other), handOver);

    assertThat(kinds(handOver))
        .containsExactly(
            DispatchOutcome.Throttled.class,
            DispatchOutcome.Throttled.class,
            DispatchOutcome.Accepted.class,
            DispatchOutcome.Accepted.class);
  }

  @Test
  void saysAllThatItHasToSayWhenItIsClosed() {
    restart(
        QUICK.withTiming(
            SimulatedConfig.Timing.DEFAULT
                .withLatency(Duration.ofMinutes(1), Duration.ofMinutes(2))
                .withAnswerTimeout(Duration.ofMinutes(10))
                .withReceiptDelay(Duration.ofMinutes(1), Duration.ofMinutes(2))));
    carrier.submit(TestMessages.ordinary(200), handOver);
    carrier.close();

    assertThat(handOver.answers()).hasSize(200);
    assertThat(sink.receipts()).hasSize(200);
  }

  @Test
  void givesBackWhatComesAfterItsEnd() {
    carrier.close();
    carrier.close();
    carrier.submit(TestMessages.ordinary(300), handOver);

    assertThat(handOver.answers()).hasSize(300).allMatch(a -> a.outcome().equals(THROTTLED));
    assertThat(handOver.asked()).isZero();
  }

  @Test
  void takesNothingBeforeItIsStartedAndStartsOnce() {
    try (SimulatedCarrier unstarted = carrier(QUICK)) {
      assertThatThrownBy(() -> unstarted.submit(TestMessages.ordinary(1), handOver))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(carrier::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAConfigurationWithProblems() {
    SimulatedConfig wrong = QUICK.withLimits(new SimulatedConfig.Limits(-1, 0, 1, 1_000));

    assertThatThrownBy(() -> carrier(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate")
        .hasMessageContaining("concurrency");
  }

  @Test
  void servesEveryChannelWithinItsWindow() {
    assertThat(carrier.channels()).containsExactlyInAnyOrder(Channel.values());
    assertThat(carrier.window()).isEqualTo(500);
    assertThat(carrier.answerTimeout()).isEqualTo(Duration.ofMillis(150));
  }

  private static List<OutboundMessage> scripted(int count) {
    Random random = new Random(SEED);
    SimulatedScript[] scripts = SimulatedScript.values();
    List<OutboundMessage> messages = new ArrayList<>();
    for (int position = 0; position < count; position++) {
      boolean scripted = random.nextInt(20) == 0;
      SimulatedScript script = scripts[random.nextInt(scripts.length)];
      messages.add(
          scripted
              ? TestMessages.to(script, position)
              : TestMessages.to("+26377%07d".formatted(position), position));
    }
    return messages;
  }

  private static SimulatedScript script(OutboundMessage message) {
    return MagicAddresses.script(Channel.SMS, message.address()).orElse(SimulatedScript.DELIVERED);
  }

  private static List<Class<?>> kinds(RecordingHandOver answered) {
    List<Class<?>> kinds = new ArrayList<>();
    answered.answers().forEach(answer -> kinds.add(answer.outcome().getClass()));
    return kinds;
  }

  private static void unavailable() {
    throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
  }

  private void restart(SimulatedConfig config) {
    carrier.close();
    carrier = started(config);
  }

  private SimulatedCarrier started(SimulatedConfig config) {
    SimulatedCarrier started = carrier(config);
    started.start();
    return started;
  }

  private SimulatedCarrier carrier(SimulatedConfig config) {
    return new SimulatedCarrier(config, sink, InstantSource.fixed(NOW));
  }

  /// Counts what is unanswered, as seen from outside.
  private static final class CountingHandOver
      implements dev.carillon.application.port.Carrier.HandOver {
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    @Override
    public boolean mayGo() {
      most.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
      return true;
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      unanswered.decrementAndGet();
      answers.incrementAndGet();
    }
  }
}
