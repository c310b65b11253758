package dev.carillon.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.RecordingHandOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpHandOverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final DispatchOutcome TAKEN = new DispatchOutcome.Accepted("1");
  private static final DispatchOutcome THROTTLED = new DispatchOutcome.Throttled(null);

  private final ScriptedHttp http = new ScriptedHttp(_ -> new HttpResult.NotSent("unused"));
  private final RecordingHandOver answers = new RecordingHandOver();
  private final List<List<Integer>> sent = Collections.synchronizedList(new ArrayList<>());

  @Test
  void sendsInGroupsAndAnswersEachMessageOnce() {
    try (HttpHandOver handOver = over(3, 2, PATIENCE, this::takeAll)) {
      handOver.submit(messages(8), answers);

      assertThat(answers.awaitAnswers(8))
          .hasSize(8)
          .allMatch(answer -> answer.outcome().equals(TAKEN));
      assertThat(sent).containsExactlyInAnyOrder(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7));
    }
    assertThat(http.isClosed()).isTrue();
  }

  @Test
  void tellsEachMessageItsOwnOutcome() {
    DispatchOutcome lost = new DispatchOutcome.Unconfirmed("lost");
    try (HttpHandOver handOver = over(2, 1, PATIENCE, _ -> List.of(TAKEN, lost))) {
      List<OutboundMessage> messages = messages(2);
      handOver.submit(messages, answers);

      assertThat(answers.awaitAnswer(messages.getFirst())).isEqualTo(TAKEN);
      assertThat(answers.awaitAnswer(messages.getLast())).isEqualTo(lost);
    }
  }

  @Test
  void leavesOutOfARequestWhatMayNotGoAnyMore() {
    answers.lettingGo(2);
    try (HttpHandOver handOver = over(5, 1, PATIENCE, this::takeAll)) {
      handOver.submit(messages(5), answers);

      assertThat(answers.awaitAnswers(5))
          .filteredOn(answer -> answer.outcome().equals(new DispatchOutcome.Withdrawn()))
          .hasSize(3);
      assertThat(sent).containsExactly(List.of(0, 1));
    }
  }

  @Test
  void makesNoRequestWhenNothingMayGo() {
    answers.lettingGo(0);
    try (HttpHandOver handOver = over(5, 1, PATIENCE, this::takeAll)) {
      handOver.submit(messages(5), answers);

      assertThat(answers.awaitAnswers(5)).hasSize(5);
      assertThat(sent).isEmpty();
    }
  }

  @Test
  void hasOnlySoManyRequestsUnderWay() {
    AtomicInteger under = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier three = new CyclicBarrier(3);
    HttpHandOver.Request request =
        going -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          await(three);
          under.decrementAndGet();
          return takeAll(going);
        };
    try (HttpHandOver handOver = over(1, 3, PATIENCE, request)) {
      handOver.submit(messages(201), answers);

      assertThat(answers.awaitAnswers(201)).hasSize(201);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void givesBackWhatGetsNoTurnInTime() {
    CountDownLatch stuck = new CountDownLatch(1);
    try (HttpHandOver handOver =
        over(1, 1, Duration.ofMillis(50), going -> takeWhen(stuck, going))) {
      handOver.submit(messages(5), answers);

      assertThat(answers.awaitAnswers(4))
          .hasSize(4)
          .allMatch(answer -> answer.outcome().equals(THROTTLED));
      stuck.countDown();
      assertThat(answers.awaitAnswers(5).getLast().outcome()).isEqualTo(TAKEN);
      // Whichever of them was the first in line.
      assertThat(sent).hasSize(1).allMatch(group -> group.size() == 1);
    }
  }

  @Test
  void callsItUnconfirmedWhenARequestFailsWithin() {
    HttpHandOver.Request broken =
        going -> {
          throw new IllegalStateException("to +263771234567");
        };
    try (HttpHandOver handOver = over(2, 1, PATIENCE, broken);
        HttpHandOver shortOfOne = over(2, 1, PATIENCE, _ -> List.of(TAKEN))) {
      handOver.submit(messages(2), answers);
      assertThat(answers.awaitAnswers(2))
          .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Unconfirmed);

      shortOfOne.submit(messages(2), answers);
      assertThat(answers.awaitAnswers(4).getLast().outcome())
          .isInstanceOf(DispatchOutcome.Unconfirmed.class);
    }
  }

  @Test
  void closesWhenEverythingIsAnsweredAndTakesNothingAfterwards() {
    CountDownLatch going = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    HttpHandOver handOver =
        over(
            1,
            1,
            PATIENCE,
            messages -> {
              begun.countDown();
              return takeWhen(going, messages);
            });
    handOver.submit(messages(2), answers);
    await(begun);
    Thread closing = Thread.ofVirtual().start(handOver::close);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(http.isClosed()).isFalse();
    going.countDown();

    assertThat(answers.awaitAnswers(2))
        .extracting(RecordingHandOver.Answer::outcome)
        .containsExactlyInAnyOrder(TAKEN, new DispatchOutcome.Withdrawn());
    Awaitility.await().atMost(PATIENCE).until(http::isClosed);
    handOver.submit(messages(1), answers);
    assertThat(answers.awaitAnswers(3).getLast().outcome())
        .isEqualTo(new DispatchOutcome.Withdrawn());
  }

  @Test
  void tellsTheLongestTimeUntilAnAnswer() {
    HttpLimits limits = new HttpLimits(1, Duration.ofSeconds(3), Duration.ofSeconds(20), 1);

    assertThat(limits.whole()).isEqualTo(Duration.ofSeconds(26));
    assertThat(new HandOverLimits(1, 1, Duration.ofSeconds(4)).answerTimeout(limits))
        .isEqualTo(Duration.ofSeconds(30));
  }

  private HttpHandOver over(
      int group, int concurrency, Duration patience, HttpHandOver.Request request) {
    return new HttpHandOver(
        "test", new HandOverLimits(group, concurrency, patience), http, request);
  }

  private List<DispatchOutcome> takeAll(List<OutboundMessage> going) {
    sent.add(going.stream().map(message -> message.ref().position()).toList());
    return Collections.nCopies(going.size(), TAKEN);
  }

  private List<DispatchOutcome> takeWhen(CountDownLatch latch, List<OutboundMessage> going) {
    await(latch);
    return takeAll(going);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static List<OutboundMessage> messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(position ->
            new OutboundMessage(
                new MessageRef(new JobId(7), 0, position),
                1,
                false,
                "+263771234567",
                new SmsContent("hello", ""),
                Instant.MAX))
        .toList();
  }
}
