package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.FailureGuard;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.webhook.EventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PauseFailingTest {
  private static final DispatchOutcome REFUSED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10).answering(_ -> REFUSED);
  private final House house = new House(carrier);
  private final Set<JobId> atWork = new HashSet<>();
  private final PauseFailing pauseFailing = node(house);

  @Test
  void pausesAJobOfWhichTooManyFailAndSaysWhy() {
    StoredJob job = working(anSmsJobStoppingAt(50));
    house.workOnce();
    assertThat(pauseFailing.handle()).isZero();
    house.workOnce();

    assertThat(pauseFailing.handle()).isEqualTo(1);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.PAUSED);
    assertThat(house.job(job).life().pause()).isEqualTo(PauseReason.FAILURE_RATE);
    assertThat(house.events(job)).endsWith(EventType.BULK_PAUSED);
    assertThat(pauseFailing.handle()).isZero();
  }

  @Test
  void leavesJobsAloneThatDoNotWantItOrDoNotFail() {
    StoredJob careless = working(anSmsJobStoppingAt(0));
    house.workOnce();
    house.workOnce();
    carrier.answering(ScriptedCarrier::accept);
    StoredJob good = working(anSmsJobStoppingAt(1));
    house.workOnce();
    house.workOnce();

    assertThat(pauseFailing.handle()).isZero();

    assertThat(house.job(careless).status()).isEqualTo(JobStatus.PROCESSING);
    assertThat(house.job(good).done()).isFalse();
  }

  @Test
  void judgesAResumedJobByWhatHappensFromThenOn() {
    StoredJob job = working(anSmsJobStoppingAt(50));
    house.workOnce();
    house.workOnce();
    pauseFailing.handle();
    house.store.jobs().move(job.id(), JobTransition.RESUME, null, house.clock.instant());

    assertThat(pauseFailing.handle()).isZero();
    house.workOnce();
    assertThat(pauseFailing.handle()).isZero();
    house.workOnce();

    assertThat(pauseFailing.handle()).isEqualTo(1);
  }

  @Test
  void anotherNodeThatSawThePauseJudgesLikewise() {
    StoredJob job = working(anSmsJobStoppingAt(50));
    PauseFailing other = node(house);
    house.workOnce();
    other.handle();
    house.workOnce();
    pauseFailing.handle();
    atWork.clear();
    other.handle();
    house.store.jobs().move(job.id(), JobTransition.RESUME, null, house.clock.instant());
    atWork.add(job.id());

    assertThat(other.handle()).isZero();
  }

  @Test
  void aNodeThatStartsLaterJudgesByWhatItSees() {
    StoredJob job = working(anSmsJobStoppingAt(50));
    house.workOnce();
    house.workOnce();
    house.pass(Duration.ofSeconds(1));
    PauseFailing later = node(house);

    assertThat(later.handle()).isZero();
    house.workOnce();
    house.workOnce();

    assertThat(later.handle()).isEqualTo(1);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PAUSED);
  }

  @Test
  void forgetsJobsThatHaveEnded() {
    StoredJob job = working(anSmsJobStoppingAt(50));
    house.workAll();

    assertThat(pauseFailing.handle()).isZero();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.FAILED);
  }

  private StoredJob working(StoredJob job) {
    atWork.add(job.id());
    return job;
  }

  /// Chunks of 4; the guard judges from 8 on.
  private StoredJob anSmsJobStoppingAt(int percent) {
    return house.stored(
        anSmsJob().to(40).stoppingAt(percent).until(CREATED.plus(Duration.ofDays(3))));
  }

  private PauseFailing node(House over) {
    return new PauseFailing(
        new PauseFailing.Store(over.store, over.store.jobs()),
        over.life,
        over.feed,
        over.clock,
        new FailureGuard(8),
        () -> Set.copyOf(atWork));
  }
}
