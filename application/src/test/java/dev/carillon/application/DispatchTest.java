package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final Duration LEASE = House.SETTINGS.leaseTime();
  private static final WorkerId OTHER = new WorkerId("worker-2");

  @Test
  void handsEveryMessageOverOnceAsItsRecipientGetsIt() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    House house = new House(carrier);
    StoredJob job =
        house.stored(
            anSmsJob()
                .to("+263771000001", PersonalContent.EMPTY, "")
                .leavingOut(Reason.DUPLICATE)
                .to("+263771000002", PersonalContent.ofText("own"), "")
                .to(7));

    house.workAll();

    assertThat(carrier.wire()).hasSize(9);
    assertThat(carrier.wire().subList(0, 2))
        .containsExactly(
            new OutboundMessage(job.ref(0), 1, "+263771000001", new SmsContent("hello", "ACME")),
            new OutboundMessage(job.ref(2), 1, "+263771000002", new SmsContent("own", "ACME")));
    assertThat(carrier.wire()).extracting(OutboundMessage::ref).doesNotHaveDuplicates();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).counters().sent()).isEqualTo(9);
  }

  @Test
  void hasNothingToDoWhenNoChunkHasWork() {
    assertThat(new House(ScriptedCarrier.withWindow(3)).workOnce()).isFalse();
  }

  @Test
  void marksEveryMessageInACommitBeforeItGoesOut() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    House house = new House(carrier);
    AtomicInteger looks = new AtomicInteger();
    carrier
        .answering(message ->
            message.attempt() < 3 && message.ref().position() % 2 == 0
                ? unreachable()
                : ScriptedCarrier.accept(message))
        .beforeWire(messages -> {
          assertThat(house.store.isInTransaction()).isFalse();
          for (OutboundMessage message : messages) {
            assertThat(house.state(message.ref())).isEqualTo(MessageState.IN_FLIGHT);
            assertThat(
                    house
                        .store
                        .chunks()
                        .chunk(message.ref().chunkKey())
                        .attempts(message.ref().position()))
                .isEqualTo(message.attempt());
            assertThat(house.store.chunks().isLeased(message.ref().chunkKey())).isTrue();
            looks.incrementAndGet();
          }
        });
    StoredJob job = house.stored(anSmsJob().to(20).chunksOf(10));

    workThroughWaits(house);

    assertThat(looks.get()).isEqualTo(10 + 10 * 3);
    assertThat(house.job(job).counters().sent()).isEqualTo(20);
    assertThat(house.job(job).counters().retries()).isEqualTo(20);
  }

  @Test
  void neverHasMoreUnansweredThanTheWindow() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3).holding(_ -> true);
    House house = new House(carrier);
    AtomicInteger most = new AtomicInteger();
    carrier.beforeWire(
        messages -> most.accumulateAndGet(messages.size() + carrier.unanswered(), Math::max));
    StoredJob job = house.stored(anSmsJob().to(20).chunksOf(20));

    Background<Boolean> work = Background.start(house::workOnce);
    Await.until(
        "all are sent",
        () -> {
          carrier.answerHeld();
          return work.isDone();
        });

    assertThat(work.result()).isTrue();
    assertThat(most.get()).isEqualTo(3);
    assertThat(house.job(job).counters().sent()).isEqualTo(20);
  }

  @Test
  void keepsTheWindowFullWhenOneAnswerComesIn() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(2).holding(message -> message.ref().position() == 0);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(6).chunksOf(6));

    Background<Boolean> work = Background.start(house::workOnce);
    Await.until("all others pass the one that is slow", () -> carrier.wire().size() == 6);
    Await.until("they are settled", () -> house.job(job).counters().sent() == 5);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PROCESSING);
    carrier.answerHeld();

    assertThat(work.result()).isTrue();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void triesAgainWithGrowingPausesUpToFiveAttempts() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3).answering(_ -> unreachable());
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(1));
    // The default policy waits 2, 4, 8 and 16 s, give or take an eighth.
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(house.workOnce()).isTrue();
      assertThat(carrier.wire()).hasSize(attempt);
      Duration wait = Duration.ofSeconds(1L << attempt);
      house.clock.advance(wait.multipliedBy(7).dividedBy(8).minusMillis(1));
      assertThat(house.workOnce()).as("too early after attempt %d", attempt).isFalse();
      house.clock.advance(wait.dividedBy(4).plusMillis(2));
    }
    assertThat(house.workOnce()).isTrue();

    assertThat(carrier.wire()).extracting(OutboundMessage::attempt).containsExactly(1, 2, 3, 4, 5);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::number)
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void waitsAsLongAsTheCarrierAsksEvenIfThatIsLonger() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(3)
            .answering(message ->
                message.attempt() == 1
                    ? new DispatchOutcome.Unreachable(
                        Reason.CARRIER_UNREACHABLE, "503", Duration.ofMinutes(5))
                    : ScriptedCarrier.accept(message));
    House house = new House(carrier);
    house.stored(anSmsJob().to(1));
    house.workOnce();

    house.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(house.workOnce()).isFalse();
    house.clock.advance(Duration.ofMillis(1));
    assertThat(house.workOnce()).isTrue();
    assertThat(carrier.wire()).hasSize(2);
  }

  @Test
  void countsNoAttemptThatWasThrottled() {
    AtomicInteger refusals = new AtomicInteger(10);
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(3)
            .answering(message ->
                refusals.getAndDecrement() > 0
                    ? new DispatchOutcome.Throttled(Duration.ofSeconds(3))
                    : ScriptedCarrier.accept(message));
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(1));

    house.workOnce();
    house.clock.advance(Duration.ofMillis(2_999));
    assertThat(house.workOnce()).isFalse();
    workThroughWaits(house);

    assertThat(carrier.wire()).hasSize(11);
    assertThat(carrier.wire()).extracting(OutboundMessage::attempt).containsOnly(1);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.job(job).counters().retries()).isZero();
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(1);
  }

  @Test
  void keepsMessageUnknownWhenTheAnswerIsLost() {
    ScriptedCarrier carrier = new ScriptedCarrier(3, Duration.ofMillis(20)).holding(_ -> true);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(2));

    house.workAll();

    assertThat(house.job(job).counters().unknown()).isEqualTo(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::kind)
        .containsExactly(OutcomeKind.UNCONFIRMED);
  }

  @Test
  void takesALateAnswerForWhatItProves() {
    ScriptedCarrier carrier = new ScriptedCarrier(3, Duration.ofMillis(20)).holding(_ -> true);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(3));
    house.workAll();

    carrier.answerHeld(message ->
        switch (message.ref().position()) {
          case 0 -> ScriptedCarrier.accept(message);
          case 1 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
          default -> new DispatchOutcome.Unconfirmed("still nothing");
        });

    assertThat(states(house, job))
        .containsExactly(MessageState.SENT, MessageState.FAILED, MessageState.UNKNOWN);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::kind)
        .containsExactly(OutcomeKind.UNCONFIRMED, OutcomeKind.ACCEPTED);
    assertThat(house.store.log().attempts(job.id(), 2)).hasSize(1);
  }

  @Test
  void takesALateAnswerWhileItStillWorksOnOthers() {
    ScriptedCarrier carrier =
        new ScriptedCarrier(2, Duration.ofMillis(20))
            .holding(message -> message.ref().position() == 0);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(40).chunksOf(40));
    carrier.answering(message -> {
      if (message.ref().position() == 39) {
        Await.until(
            "the first has timed out", () -> house.state(job.ref(0)) == MessageState.UNKNOWN);
        carrier.answerHeld(ScriptedCarrier::accept);
      }
      return ScriptedCarrier.accept(message);
    });
    carrier.holding(message -> List.of(0, 38).contains(message.ref().position()));

    assertThat(house.workOnce()).isTrue();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.job(job).counters().sent()).isEqualTo(40);
  }

  @Test
  void isNotHarmedByDoubledAnswers() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(4)
            .answeringTimes(2)
            .answering(message ->
                switch (message.ref().position() % 3) {
                  case 0 -> ScriptedCarrier.accept(message);
                  case 1 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
                  default ->
                      message.attempt() < 3 ? unreachable() : ScriptedCarrier.accept(message);
                });
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(12).chunksOf(6));

    workThroughWaits(house);

    assertThat(house.job(job).counters().sent()).isEqualTo(8);
    assertThat(house.job(job).counters().failed()).isEqualTo(4);
    for (int position = 0; position < 12; position++) {
      long expected = position % 3 == 2 ? 3 : 1;
      assertThat(carrier.timesSent(position)).isEqualTo(expected);
      assertThat(house.store.log().attempts(job.id(), position)).hasSize((int) expected);
    }
  }

  @Test
  void isNotHarmedByAnswersThatComeAgainLongAfter() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(4)
            .answering(message ->
                message.attempt() == 1 ? unreachable() : ScriptedCarrier.accept(message));
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(3));
    house.workOnce();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);

    carrier.answerAgain(_ -> unreachable());
    carrier.answerAgain(ScriptedCarrier::accept);
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    workThroughWaits(house);
    carrier.answerAgain(_ -> unreachable());
    carrier.answerAgain(_ -> new DispatchOutcome.Throttled(null));

    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(carrier.wire()).hasSize(6);
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(2);
  }

  @Test
  void givesBackWhatWasMarkedWhenItIsTold() throws InterruptedException {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));

    assertThat(house.dispatch.handle(House.WORKER, () -> false)).isTrue();

    assertThat(carrier.wire()).isEmpty();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    assertThat(house.chunk(job, 0).attempts(0)).isZero();
    assertThat(house.store.chunks().isLeased(job.chunk(0))).isFalse();
    house.workAll();
    assertThat(house.job(job).counters().sent()).isEqualTo(4);
    assertThat(house.job(job).counters().retries()).isZero();
  }

  @Test
  void handsNothingMoreOverOnceItsJobIsCancelled() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(10).chunksOf(10));
    Background<Boolean> work = Background.start(house::workOnce);
    Await.until("the window is full", () -> carrier.unanswered() == 2);

    CancelBulkJob.Result result =
        house.cancelBulkJob.handle(
            new CancelBulkJob.Command(callerOf(house.scope), job.bulkId().toString(), ""));
    house.book.refresh();
    carrier.answerHeld();

    assertThat(work.result()).isTrue();
    assertThat(result.handedOver()).isEqualTo(2);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(house.job(job).counters().sent()).isEqualTo(2);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(8);
  }

  @Test
  void callsBackWhatTheCarrierHasNotSentOfAStoppedJob() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.beforeWire(_ -> {
      if (house.job(job).status() == JobStatus.PROCESSING) {
        move(house, job, JobTransition.PAUSE);
        house.book.refresh();
      }
    });

    house.workAll();

    assertThat(carrier.wire()).isEmpty();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PAUSED);
    carrier.beforeWire(_ -> {});
    move(house, job, JobTransition.RESUME);
    house.book.refresh();
    house.workAll();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void callsBackAsSoonAsASettlingShowsThatTheJobWasStopped() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(2).holding(message -> message.ref().position() == 1);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.answering(message -> {
      move(house, job, JobTransition.PAUSE);
      return ScriptedCarrier.accept(message);
    });

    Background<Boolean> work = Background.start(house::workOnce);
    Await.until("the second waits", () -> carrier.unanswered() == 1);
    Await.until("it may not go any more", () -> !carrier.mayGo());
    carrier.answerHeld(_ -> new DispatchOutcome.Withdrawn());

    assertThat(work.result()).isTrue();
    assertThat(house.job(job).counters().queued()).isEqualTo(3);
  }

  @Test
  void settlesWhatWasAnsweredBeforeItWasInterrupted() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(2));
    carrier.answering(message -> {
      Thread.currentThread().interrupt();
      return ScriptedCarrier.accept(message);
    });

    Background<Boolean> work =
        Background.start(() -> house.dispatch.handle(House.WORKER, () -> true));

    assertThatThrownBy(work::result).hasCauseInstanceOf(InterruptedException.class);
    assertThat(states(house, job)).containsOnly(MessageState.SENT);
  }

  @Test
  void leavesAJobWithoutItsCarrierForLater() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));
    house.carriers.replaceBy(null);

    assertThat(house.workOnce()).isTrue();
    assertThat(house.workOnce()).isFalse();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PENDING);
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);

    house.carriers.replaceBy(carrier);
    house.clock.advance(Duration.ofSeconds(30));
    house.workAll();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void marksNothingMoreOnceItsLeaseIsLostButCountsItsLateAnswers() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));
    Background<Boolean> work = Background.start(house::workOnce);
    Await.until("the window is full", () -> carrier.unanswered() == 2);

    house.pass(LEASE);
    LeasedChunk taken = house.settling.lease(OTHER, LEASE, _ -> 1).orElseThrow();
    assertThat(states(house, job))
        .containsExactly(
            MessageState.UNKNOWN,
            MessageState.UNKNOWN,
            MessageState.IN_FLIGHT,
            MessageState.QUEUED);
    carrier.answerHeld();

    assertThat(work.result()).isTrue();
    assertThat(carrier.wire()).hasSize(2);
    assertThat(states(house, job))
        .containsExactly(
            MessageState.SENT, MessageState.SENT, MessageState.IN_FLIGHT, MessageState.QUEUED);
    assertThat(house.store.chunks().isLeased(taken.key())).isTrue();
  }

  @Test
  void sendsNothingAfterItsLeaseIsOverByItsOwnClock() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    House house =
        new House(
            carrier,
            new Limits(100, 4, ContentLimits.DEFAULTS, 10),
            new DispatchSettings(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1)));
    AtomicInteger submits = new AtomicInteger();
    carrier.beforeWire(_ -> {
      if (submits.getAndIncrement() == 0) {
        long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
        Await.until("the lease is over", () -> System.nanoTime() - end > 0);
      }
    });
    StoredJob job = house.stored(anSmsJob().to(2));

    house.workAll();

    assertThat(submits.get()).isGreaterThan(1);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(carrier.wire()).extracting(OutboundMessage::attempt).containsOnly(1);
    assertThat(house.job(job).counters().sent()).isEqualTo(2);
  }

  @Test
  void leavesAnInterruptedWorkersMessagesToTheRescueAndItsLateAnswers() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(2));
    Background<Boolean> work =
        Background.start(() -> house.dispatch.handle(House.WORKER, () -> true));
    Await.until("the window is full", () -> carrier.unanswered() == 2);
    work.interrupt();
    assertThatThrownBy(work::result).hasCauseInstanceOf(InterruptedException.class);

    house.pass(LEASE);
    house.workAll();
    assertThat(states(house, job)).containsOnly(MessageState.UNKNOWN);
    carrier.answerHeld();

    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void sendsNothingTwiceWhenTheStoreFailsInBetween() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.beforeWire(_ -> house.store.setUnavailable(true));

    assertThatThrownBy(house::workOnce).isInstanceOf(DomainException.class);
    house.store.setUnavailable(false);
    carrier.beforeWire(_ -> {});
    house.pass(LEASE);
    house.workAll();

    assertThat(carrier.wire()).hasSize(4);
    assertThat(states(house, job))
        .containsExactly(
            MessageState.UNKNOWN, MessageState.UNKNOWN, MessageState.SENT, MessageState.SENT);
  }

  @Test
  void doesNotAskTheStoreAgainAndAgainWhileTheWindowIsFull() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(2)
            .holding(message -> message.ref().position() > 0)
            .answering(message ->
                message.ref().position() == 0
                    ? new DispatchOutcome.Throttled(Duration.ofMillis(1))
                    : ScriptedCarrier.accept(message));
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(3));
    Background<Boolean> work = Background.start(house::workOnce);
    Await.until("the window is full", () -> carrier.unanswered() == 2);
    house.clock.advance(Duration.ofSeconds(1));
    int before = house.feed.notices();
    long end = System.nanoTime() + Duration.ofMillis(60).toNanos();
    Await.until("some time has passed", () -> System.nanoTime() - end > 0);

    assertThat(house.feed.notices()).isLessThan(before + 5);
    carrier.answering(ScriptedCarrier::accept).answerHeld();
    assertThat(work.result()).isTrue();
    assertThat(house.job(job).counters().sent()).isEqualTo(3);
  }

  @Test
  void doesNotWaitForAMessageThatAReceiptHasSettled() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(2));
    carrier
        .beforeWire(_ -> house.receipt(job.ref(0), ReceiptKind.DELIVERED))
        .answering(message ->
            new DispatchOutcome.Throttled(
                message.ref().position() == 0 ? Duration.ZERO : Duration.ofHours(1)));

    assertThat(Background.start(house::workOnce).result()).isTrue();

    assertThat(states(house, job)).containsExactly(MessageState.DELIVERED, MessageState.QUEUED);
    assertThat(carrier.wire()).hasSize(2);
  }

  @Test
  void sharesAJobAmongManyWorkersWithoutSendingAnythingTwice() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(5);
    House house = new House(carrier);
    StoredJob job = house.stored(anSmsJob().to(400).chunksOf(10));

    Background.together(
        8,
        () -> {
          house.workAll();
          return true;
        });

    assertThat(carrier.wire()).extracting(OutboundMessage::ref).doesNotHaveDuplicates();
    assertThat(house.job(job).counters().sent()).isEqualTo(400);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  private static void workThroughWaits(House house) {
    for (int round = 0; round < 100; round++) {
      house.workAll();
      house.clock.advance(Duration.ofSeconds(30));
    }
  }

  private static void move(House house, StoredJob job, JobTransition transition) {
    assertThat(house.store.jobs().move(job.id(), transition, null, house.clock.instant())).isTrue();
  }

  private static List<MessageState> states(House house, StoredJob job) {
    return IntStream.range(0, job.size()).mapToObj(job::ref).map(house::state).toList();
  }

  private static DispatchOutcome unreachable() {
    return new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
  }
}
