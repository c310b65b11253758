package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final Duration LEASE = House.LEASE;
  private static final WorkerId OTHER = new WorkerId("worker-2");

  @Test
  void handsEveryMessageOverOnceAsItsRecipientGetsIt() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job =
        house.stored(
            anSmsJob()
                .to("+263771000001", PersonalContent.EMPTY, "")
                .leavingOut(Reason.DUPLICATE)
                .to("+263771000002", PersonalContent.ofText("own"), "")
                .to(7));

    engine.workAll();

    assertThat(carrier.wire()).hasSize(9);
    assertThat(carrier.wire().subList(0, 2))
        .containsExactly(
            outbound(house, job.ref(0), "+263771000001", "hello"),
            outbound(house, job.ref(2), "+263771000002", "own"));
    assertThat(carrier.wire()).extracting(OutboundMessage::ref).doesNotHaveDuplicates();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).counters().sent()).isEqualTo(9);
  }

  @Test
  void hasNothingToDoWhenNoChunkHasWork() {
    assertThat(new Engine(ScriptedCarrier.withWindow(3)).workOnce()).isFalse();
  }

  @Test
  void marksEveryMessageInACommitBeforeItGoesOut() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    Engine engine = new Engine(carrier);
    House house = engine.house;
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

    engine.workThroughWaits();

    assertThat(looks.get()).isEqualTo(10 + 10 * 3);
    assertThat(house.job(job).counters().sent()).isEqualTo(20);
    assertThat(house.job(job).counters().retries()).isEqualTo(20);
  }

  @Test
  void neverHasMoreUnansweredThanTheWindow() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    AtomicInteger most = new AtomicInteger();
    carrier.beforeWire(
        messages -> most.accumulateAndGet(messages.size() + carrier.unanswered(), Math::max));
    StoredJob job = house.stored(anSmsJob().to(20).chunksOf(20));

    Background<Boolean> work = Background.start(engine::workOnce);
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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(6).chunksOf(6));

    Background<Boolean> work = Background.start(engine::workOnce);
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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(1));
    // The default policy waits 2, 4, 8 and 16 s, give or take an eighth.
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(engine.workOnce()).isTrue();
      assertThat(carrier.wire()).hasSize(attempt);
      Duration wait = Duration.ofSeconds(1L << attempt);
      house.clock.advance(wait.multipliedBy(7).dividedBy(8).minusMillis(400));
      engine.workAll();
      assertThat(carrier.wire()).as("too early after attempt %d", attempt).hasSize(attempt);
      house.clock.advance(wait.dividedBy(4).plusMillis(600));
    }
    assertThat(engine.workOnce()).isTrue();

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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    house.stored(anSmsJob().to(1));
    engine.workOnce();

    house.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    engine.workAll();
    assertThat(carrier.wire()).hasSize(1);
    house.clock.advance(Duration.ofSeconds(1));
    engine.workAll();
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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(1));

    engine.workOnce();
    house.clock.advance(Duration.ofMillis(2_500));
    engine.workAll();
    assertThat(carrier.wire()).hasSize(1);
    engine.workThroughWaits();

    assertThat(carrier.wire()).hasSize(11);
    assertThat(carrier.wire()).extracting(OutboundMessage::attempt).containsOnly(1);
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.job(job).counters().retries()).isZero();
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(1);
  }

  @Test
  void waitsAMomentBeforeItHandsOverAgainWhatItsCarrierWithdrew() {
    AtomicInteger times = new AtomicInteger();
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(2)
            .answering(message ->
                times.incrementAndGet() <= 4
                    ? new DispatchOutcome.Withdrawn()
                    : ScriptedCarrier.accept(message));
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));

    engine.workAll();
    assertThat(carrier.wire()).hasSizeLessThanOrEqualTo(8);
    engine.workThroughWaits();

    assertThat(house.job(job).counters().sent()).isEqualTo(4);
    assertThat(carrier.wire()).hasSize(8);
  }

  @Test
  void keepsMessageUnknownWhenTheAnswerIsLost() {
    ScriptedCarrier carrier = new ScriptedCarrier(3, Duration.ofMillis(20)).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(2));

    engine.workAll();

    assertThat(house.job(job).counters().unknown()).isEqualTo(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.store.log().attempts(job.id(), 0))
        .extracting(Attempt::kind)
        .containsExactly(OutcomeKind.UNCONFIRMED);
  }

  @Test
  void sendsOnceMoreWhatIsInDoubtAndNotAThirdTime() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(3)
            .answering(message ->
                message.attempt() == 1 || message.ref().position() == 0
                    ? new DispatchOutcome.Unconfirmed("lost")
                    : ScriptedCarrier.accept(message));
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(2).onUnknown(UnknownPolicy.RESEND));

    engine.workThroughWaits();

    assertThat(states(house, job)).containsExactly(MessageState.UNKNOWN_RESENT, MessageState.SENT);
    assertThat(carrier.wire())
        .extracting(OutboundMessage::attempt, OutboundMessage::possibleDuplicate)
        .containsExactlyInAnyOrder(
            tuple(1, false), tuple(1, false), tuple(2, true), tuple(2, true));
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void triesAResendAgainThatWasSurelyNotTaken() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(3)
            .answering(message ->
                switch (message.attempt()) {
                  case 1 -> new DispatchOutcome.Unconfirmed("lost");
                  case 2, 3 -> unreachable();
                  default -> ScriptedCarrier.accept(message);
                });
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(1).onUnknown(UnknownPolicy.RESEND));

    engine.workThroughWaits();

    assertThat(carrier.wire())
        .extracting(OutboundMessage::attempt, OutboundMessage::possibleDuplicate)
        .containsExactly(tuple(1, false), tuple(2, true), tuple(3, true), tuple(4, true));
    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void takesALateAnswerForWhatItProves() {
    ScriptedCarrier carrier = new ScriptedCarrier(3, Duration.ofMillis(20)).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(3));
    engine.workAll();

    carrier.answerHeld(message ->
        switch (message.ref().position()) {
          case 0 -> ScriptedCarrier.accept(message);
          case 1 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
          default -> new DispatchOutcome.Unconfirmed("still nothing");
        });
    engine.settleLate();

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
    Engine engine = new Engine(carrier);
    House house = engine.house;
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

    assertThat(engine.workOnce()).isTrue();
    engine.settleLate();

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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(12).chunksOf(6));

    engine.workThroughWaits();

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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(3));
    engine.workOnce();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);

    carrier.answerAgain(_ -> unreachable());
    carrier.answerAgain(ScriptedCarrier::accept);
    engine.settleLate();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    engine.workThroughWaits();
    carrier.answerAgain(_ -> unreachable());
    carrier.answerAgain(_ -> new DispatchOutcome.Throttled(null));
    engine.settleLate();

    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(carrier.wire()).hasSize(6);
    assertThat(house.store.log().attempts(job.id(), 0)).hasSize(2);
  }

  @Test
  void givesBackWhatWasMarkedWhenItIsTold() throws InterruptedException {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));

    assertThat(engine.handle(() -> false)).isTrue();

    assertThat(carrier.wire()).isEmpty();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    assertThat(house.chunk(job, 0).attempts(0)).isZero();
    assertThat(house.store.chunks().isLeased(job.chunk(0))).isFalse();
    engine.workAll();
    assertThat(house.job(job).counters().sent()).isEqualTo(4);
    assertThat(house.job(job).counters().retries()).isZero();
  }

  @Test
  void handsNothingMoreOverOnceItsJobIsCancelled() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(10).chunksOf(10));
    Background<Boolean> work = Background.start(engine::workOnce);
    Await.until("the window is full", () -> carrier.unanswered() == 2);

    CancelBulkJob.Result result =
        house.cancelBulkJob.handle(
            new CancelBulkJob.Command(callerOf(house.scope), job.bulkId().toString(), ""));
    engine.book.refresh();
    carrier.answerHeld();

    assertThat(work.result()).isTrue();
    assertThat(result.inFlight()).isEqualTo(2);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(house.job(job).counters().sent()).isEqualTo(2);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(8);
  }

  @Test
  void callsBackWhatTheCarrierHasNotSentOfAStoppedJob() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.beforeWire(_ -> {
      if (house.job(job).status() == JobStatus.PROCESSING) {
        move(house, job, JobTransition.PAUSE);
        engine.book.refresh();
      }
    });

    engine.workAll();

    assertThat(carrier.wire()).isEmpty();
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PAUSED);
    carrier.beforeWire(_ -> {});
    move(house, job, JobTransition.RESUME);
    engine.book.refresh();
    engine.workThroughWaits();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void callsBackAsSoonAsASettlingShowsThatTheJobWasStopped() {
    ScriptedCarrier carrier =
        ScriptedCarrier.withWindow(2).holding(message -> message.ref().position() == 1);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.answering(message -> {
      move(house, job, JobTransition.PAUSE);
      return ScriptedCarrier.accept(message);
    });

    Background<Boolean> work = Background.start(engine::workOnce);
    Await.until("the second waits", () -> carrier.unanswered() == 1);
    Await.until("it may not go any more", () -> !carrier.mayGo());
    carrier.answerHeld(_ -> new DispatchOutcome.Withdrawn());

    assertThat(work.result()).isTrue();
    assertThat(house.job(job).counters().queued()).isEqualTo(3);
  }

  @Test
  void settlesWhatWasAnsweredBeforeItWasInterrupted() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(2));
    carrier.answering(message -> {
      Thread.currentThread().interrupt();
      return ScriptedCarrier.accept(message);
    });

    Background<Boolean> work = Background.start(() -> engine.handle(() -> true));

    assertThatThrownBy(work::result).hasCauseInstanceOf(InterruptedException.class);
    assertThat(states(house, job)).containsOnly(MessageState.SENT);
  }

  @Test
  void leavesAJobWithoutItsCarrierForLater() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));
    house.carriers.replaceBy(null);

    engine.workAll();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PENDING);
    assertThat(states(house, job)).containsOnly(MessageState.QUEUED);

    house.carriers.replaceBy(carrier);
    house.clock.advance(Duration.ofSeconds(30));
    engine.workAll();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void marksNothingMoreOnceItsLeaseIsLostButCountsItsLateAnswers() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));
    Background<Boolean> work = Background.start(engine::workOnce);
    Await.until("the window is full", () -> carrier.unanswered() == 2);

    house.pass(LEASE);
    LeasedChunk taken = house.lease(OTHER, 1).orElseThrow();
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
    Engine engine = new Engine(carrier, Engine.settings(Duration.ofMillis(100)));
    House house = engine.house;
    AtomicInteger submits = new AtomicInteger();
    carrier.beforeWire(_ -> {
      if (submits.getAndIncrement() == 0) {
        long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
        Await.until("the lease is over", () -> System.nanoTime() - end > 0);
      }
    });
    StoredJob job = house.stored(anSmsJob().to(2));

    engine.workAll();

    assertThat(submits.get()).isGreaterThan(1);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(carrier.wire()).extracting(OutboundMessage::attempt).containsOnly(1);
    assertThat(house.job(job).counters().sent()).isEqualTo(2);
  }

  @Test
  void leavesAnInterruptedWorkersMessagesToTheRescueAndItsLateAnswers() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2).holding(_ -> true);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(2));
    Background<Boolean> work = Background.start(() -> engine.handle(() -> true));
    Await.until("the window is full", () -> carrier.unanswered() == 2);
    work.interrupt();
    assertThatThrownBy(work::result).hasCauseInstanceOf(InterruptedException.class);

    house.pass(LEASE);
    engine.workAll();
    assertThat(states(house, job)).containsOnly(MessageState.UNKNOWN);
    carrier.answerHeld();
    engine.settleLate();

    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(carrier.wire()).hasSize(2);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
  }

  @Test
  void sendsNothingTwiceAndLosesNoAnswerWhenTheStoreFailsInBetween() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(4));
    carrier.beforeWire(_ -> house.store.setUnavailable(true));

    Background<Boolean> work = Background.start(engine::workOnce);
    Await.until("the first have gone out", () -> carrier.wire().size() == 2);
    carrier.beforeWire(_ -> {});
    house.store.setUnavailable(false);
    assertThat(work.result()).isTrue();
    engine.workAll();

    assertThat(carrier.wire()).hasSize(4);
    assertThat(states(house, job)).containsOnly(MessageState.SENT);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(3));
    Background<Boolean> work = Background.start(engine::workOnce);
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
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(2));
    carrier
        .beforeWire(_ -> house.receipt(job.ref(0), ReceiptKind.DELIVERED))
        .answering(message ->
            new DispatchOutcome.Throttled(
                message.ref().position() == 0 ? Duration.ZERO : Duration.ofHours(1)));

    assertThat(Background.start(engine::workOnce).result()).isTrue();

    assertThat(states(house, job)).containsExactly(MessageState.DELIVERED, MessageState.QUEUED);
    assertThat(carrier.wire()).hasSize(2);
  }

  @Test
  void sharesAJobAmongManyWorkersWithoutSendingAnythingTwice() {
    ScriptedCarrier carrier = ScriptedCarrier.withWindow(5);
    Engine engine = new Engine(carrier);
    House house = engine.house;
    StoredJob job = house.stored(anSmsJob().to(400).chunksOf(10));

    Background.together(
        8,
        () -> {
          engine.workAll();
          return true;
        });

    assertThat(carrier.wire()).extracting(OutboundMessage::ref).doesNotHaveDuplicates();
    assertThat(house.job(job).counters().sent()).isEqualTo(400);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  private static void move(House house, StoredJob job, JobTransition transition) {
    assertThat(house.store.jobs().move(job.id(), transition, null, house.clock.instant())).isTrue();
  }

  private static OutboundMessage outbound(
      House house, MessageRef ref, String address, String text) {
    Instant deadline = house.store.jobs().dispatchJob(ref.job()).orElseThrow().deadline();
    return new OutboundMessage(ref, 1, false, address, new SmsContent(text, "ACME"), deadline);
  }

  private static List<MessageState> states(House house, StoredJob job) {
    return IntStream.range(0, job.size()).mapToObj(job::ref).map(house::state).toList();
  }

  private static DispatchOutcome unreachable() {
    return new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
  }
}
