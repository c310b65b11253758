package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.webhook.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happens to jobs because time passes.
class ClocksTest {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final WorkerId GONE = new WorkerId("gone");

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10);
  private final House house = new House(carrier);
  private final StartDueJobs startDueJobs =
      new StartDueJobs(house.store.jobs(), house.feed, house.clock, GRACE);
  private final ExpireJobs expireJobs =
      new ExpireJobs(house.store.jobs(), house.store.chunks(), house.sweeping, house.clock);
  private final RescueLapsed rescueLapsed =
      new RescueLapsed(house.store.chunks(), house.sweeping, () -> Duration.ofSeconds(30));
  private final GiveUpUnknown giveUpUnknown =
      new GiveUpUnknown(house.store.chunks(), house.sweeping, house.clock, () -> GRACE);
  private final SettleByDeadline settleByDeadline =
      new SettleByDeadline(
          new SettleByDeadline.Store(house.store, house.store.jobs(), house.store.chunks()),
          house.sweeping,
          house.life,
          house.feed,
          house.clock,
          WINDOW);

  @Test
  void startsAJobWhenItsSendTimeHasComeAndTellsTheWorkers() {
    Instant sendTime = CREATED.plus(Duration.ofHours(1));
    StoredJob job = house.stored(anSmsJob().to(3).inStatus(JobStatus.SCHEDULED).dueAt(sendTime));
    List<JobId> told = new ArrayList<>();
    house.feed.onChange(told::add);

    assertThat(startDueJobs.handle()).isZero();
    house.pass(Duration.ofHours(1));

    assertThat(startDueJobs.handle()).isEqualTo(1);
    assertThat(told).containsExactly(job.id());
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PENDING);
    assertThat(startDueJobs.handle()).isZero();
  }

  @Test
  void lateJobsThatSkipExpireAndTheOthersAreSentLate() {
    Instant sendTime = CREATED.plus(Duration.ofHours(1));
    StoredJob skips =
        house.stored(
            anSmsJob()
                .to(2)
                .inStatus(JobStatus.SCHEDULED)
                .dueAt(sendTime)
                .misfiring(MisfirePolicy.SKIP));
    StoredJob goes = house.stored(anSmsJob().to(2).inStatus(JobStatus.SCHEDULED).dueAt(sendTime));
    house.pass(Duration.ofHours(1).plus(GRACE).plusSeconds(1));

    assertThat(startDueJobs.handle()).isEqualTo(2);
    assertThat(expireJobs.handle()).isEqualTo(1);
    house.workAll();

    assertThat(house.job(skips).counters().expired()).isEqualTo(2);
    assertThat(house.job(skips).status()).isEqualTo(JobStatus.FAILED);
    assertThat(house.job(goes).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void aJobThatSkipsStillGoesWithinItsGrace() {
    StoredJob job =
        house.stored(
            anSmsJob()
                .to(2)
                .inStatus(JobStatus.SCHEDULED)
                .dueAt(CREATED)
                .misfiring(MisfirePolicy.SKIP));
    house.pass(GRACE);

    startDueJobs.handle();
    house.workAll();

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void expiryGoesOnPastChunksThatAreAtTheCarrier() {
    StoredJob job = house.stored(anSmsJob().to(60).chunksOf(1).until(CREATED.plusSeconds(5)));
    for (int chunk = 0; chunk < 50; chunk++) {
      house.lease(GONE, 1);
    }
    house.pass(Duration.ofSeconds(5));

    assertThat(expireJobs.handle()).isEqualTo(10);
    assertThat(house.job(job).counters().expired()).isEqualTo(10);
  }

  @Test
  void expiresWhatWaitsInAPausedJobWhoseDeadlineHasPassed() {
    StoredJob job =
        house.stored(
            anSmsJob()
                .to(200)
                .chunksOf(1)
                .inStatus(JobStatus.PAUSED)
                .until(CREATED.plusSeconds(60)));

    assertThat(expireJobs.handle()).isZero();
    house.pass(Duration.ofSeconds(60));

    assertThat(expireJobs.handle()).isEqualTo(200);
    assertThat(house.job(job).counters().expired()).isEqualTo(200);
    assertThat(house.job(job).done()).isTrue();
    assertThat(expireJobs.handle()).isZero();
  }

  @Test
  void expiryLeavesWhatIsBeingHandedOverAndFindsNothingMoreToDo() {
    StoredJob job = house.stored(anSmsJob().to(4).until(CREATED.plusSeconds(5)));
    house.lease(GONE, 1);
    house.pass(Duration.ofSeconds(5));

    assertThat(expireJobs.handle()).isZero();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.IN_FLIGHT);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.EXPIRED);
  }

  @Test
  void rescuesWhatALapsedLeaseLeftMarkedInAPausedJob() {
    StoredJob job = house.stored(anSmsJob().to(4));
    house.lease(GONE, 2);
    house.store.jobs().pause(job.id(), PauseReason.OWNER, house.clock.instant());

    assertThat(rescueLapsed.handle()).isZero();
    house.pass(House.LEASE.plusSeconds(1));

    assertThat(rescueLapsed.handle()).isEqualTo(1);
    assertThat(house.job(job).counters().unknown()).isEqualTo(2);
    assertThat(house.job(job).counters().queued()).isEqualTo(2);
    assertThat(rescueLapsed.handle()).isZero();
  }

  @Test
  void leavesARescuedChunkAloneForAWhileAfterItsJobGoesOn() {
    StoredJob job = house.stored(anSmsJob().to(4));
    house.lease(GONE, 2);
    house.store.jobs().pause(job.id(), PauseReason.OWNER, house.clock.instant());
    house.pass(House.LEASE.plusSeconds(1));
    rescueLapsed.handle();
    house.store.jobs().move(job.id(), JobTransition.RESUME, null, house.clock.instant());

    assertThat(house.workOnce()).isFalse();
    house.pass(Duration.ofSeconds(30));

    assertThat(house.workOnce()).isTrue();
  }

  @Test
  void givesUpDoubtsWhereTheJobWantsItOnceTheirGraceIsOver() {
    StoredJob fails = house.stored(anSmsJob().to(2).onUnknown(UnknownPolicy.FAIL));
    StoredJob holds = house.stored(anSmsJob().to(2));
    loseAllAnswers();

    assertThat(giveUpUnknown.handle()).isZero();
    house.pass(GRACE.plusSeconds(1));

    assertThat(giveUpUnknown.handle()).isEqualTo(1);
    assertThat(house.job(fails).counters().failed()).isEqualTo(2);
    assertThat(house.job(holds).counters().unknown()).isEqualTo(2);
    assertThat(giveUpUnknown.handle()).isZero();
  }

  @Test
  void evidenceStillMovesWhatWasGivenUp() {
    StoredJob job = house.stored(anSmsJob().to(1).onUnknown(UnknownPolicy.FAIL));
    loseAllAnswers();
    house.pass(GRACE.plusSeconds(1));
    giveUpUnknown.handle();

    house.receipt(job.ref(0), ReceiptKind.DELIVERED);

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.DELIVERED);
  }

  @Test
  void settlesAJobWhoseReceiptWindowIsOverAndPutsItsEndRight() {
    StoredJob job = house.stored(anSmsJob().to(200).chunksOf(1));
    loseAllAnswers();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
    house.pass(WINDOW.minusMinutes(1));
    assertThat(settleByDeadline.handle()).isZero();
    house.pass(Duration.ofMinutes(2));

    assertThat(settleByDeadline.handle()).isEqualTo(1);

    assertThat(house.job(job).counters().unknown()).isZero();
    assertThat(house.job(job).counters().failed()).isEqualTo(200);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(house.job(job).life().settledAt()).isNotNull();
    assertThat(house.events(job)).endsWith(EventType.BULK_SETTLED).doesNotHaveDuplicates();
    assertThat(settleByDeadline.handle()).isZero();
  }

  @Test
  void settlesAJobThatStillAwaitsReceiptsAsItStands() {
    StoredJob job = house.stored(anSmsJob().to(2));
    house.workAll();
    house.pass(WINDOW.plusMinutes(1));

    assertThat(settleByDeadline.handle()).isEqualTo(1);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(house.job(job).counters().sent()).isEqualTo(2);
    assertThat(house.events(job)).contains(EventType.BULK_SETTLED);
  }

  private void loseAllAnswers() {
    carrier.answering(_ -> new DispatchOutcome.Unconfirmed("lost"));
    house.workAll();
  }
}
