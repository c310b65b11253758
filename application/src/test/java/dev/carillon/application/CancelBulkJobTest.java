package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.webhook.EventType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CancelBulkJobTest {
  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
  private final House house = new House(carrier);
  private final Caller caller = callerOf(house.scope);

  @Test
  void cancelsAWaitingJobAtOnce() {
    StoredJob job = house.stored(anSmsJob().to(10));

    CancelBulkJob.Result result = cancel(job);

    assertThat(result.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(result.cancelled()).isEqualTo(10);
    assertThat(result.handedOver()).isZero();
    assertThat(house.events(job)).containsExactly(EventType.BULK_CANCELLED, EventType.BULK_SETTLED);
    assertThat(house.workOnce()).isFalse();
    assertThat(carrier.wire()).isEmpty();
  }

  @Test
  void leavesWhatIsAtTheCarrierAndEndsWhenThatIsAnswered() {
    StoredJob job = house.stored(anSmsJob().to(10));
    LeasedChunk leased = lease();

    CancelBulkJob.Result result = cancel(job);

    assertThat(result.job().status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(result.cancelled()).isEqualTo(8);
    assertThat(result.inFlight()).isEqualTo(2);
    assertThat(result.handedOver()).isZero();

    house.settling.settle(
        leased.key(),
        leased.lease(),
        List.of(
            answer(0, new DispatchOutcome.Accepted("a")),
            answer(1, new DispatchOutcome.Throttled(null))),
        Marks.next(2),
        House.LEASE);

    Counters counters = house.job(job).counters();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(counters.sent()).isEqualTo(1);
    assertThat(counters.cancelled()).isEqualTo(9);
    assertThat(house.events(job)).containsExactly(EventType.BULK_STARTED, EventType.BULK_CANCELLED);
  }

  @Test
  void sweepsMoreChunksThanOneSweepTakes() {
    StoredJob job = house.stored(anSmsJob().to(260).chunksOf(1));

    assertThat(cancel(job).cancelled()).isEqualTo(260);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void answersTheSameWhenCancelledAgain() {
    StoredJob ended = house.stored(anSmsJob().to(3));
    CancelBulkJob.Result first = cancel(ended);

    assertThat(cancel(ended)).isEqualTo(first);

    StoredJob cancelling = house.stored(anSmsJob().to(10));
    lease();
    CancelBulkJob.Result once = cancel(cancelling);
    CancelBulkJob.Result twice = cancel(cancelling);

    assertThat(twice.job().status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(twice.cancelled()).isEqualTo(once.cancelled());
  }

  @Test
  void refusesAJobThatEndedOtherwiseAndChangesNothing() {
    StoredJob job = house.stored(anSmsJob().to(3));
    house.workAll();

    DomainError error = refusal(caller, job.bulkId().toString());

    assertThat(error)
        .isEqualTo(
            new DomainError.IllegalTransition(
                job.bulkId().toString(), JobStatus.COMPLETED, "cancel"));
    assertThat(house.job(job).counters().sent()).isEqualTo(3);
  }

  @Test
  void findsNoJobOfOthers() {
    StoredJob job = house.stored(anSmsJob().to(3));

    assertThat(refusal(callerOf(house.store.newScope()), job.bulkId().toString()))
        .isInstanceOf(DomainError.NotFound.class);
    assertThat(refusal(caller, "nonsense")).isInstanceOf(DomainError.NotFound.class);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void cancelsAPausedJob() {
    StoredJob job = house.stored(anSmsJob().to(3));
    move(job, JobTransition.PAUSE);

    assertThat(cancel(job).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void letsWorkersSweepWhatACancelLeftBehind() {
    StoredJob job = house.stored(anSmsJob().to(10));
    move(job, JobTransition.CANCEL);

    house.workAll();

    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(house.job(job).counters().cancelled()).isEqualTo(10);
    assertThat(carrier.wire()).isEmpty();
  }

  @Test
  void makesUnknownWhatALapsedLeaseLeftInACancelledJob() {
    StoredJob job = house.stored(anSmsJob().to(3));
    lease();
    cancel(job);
    house.pass(House.LEASE);

    house.workAll();

    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(house.chunk(job, 0).tally().count(MessageState.UNKNOWN)).isEqualTo(2);
    assertThat(house.chunk(job, 0).tally().count(MessageState.CANCELLED)).isEqualTo(1);
  }

  @Test
  void cancelsOnceForManyCallers() {
    StoredJob job = house.stored(anSmsJob().to(40));

    List<CancelBulkJob.Result> results = Background.together(20, () -> cancel(job));

    assertThat(house.job(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(results)
        .allSatisfy(result ->
            assertThat(Set.of(JobStatus.CANCELLING, JobStatus.CANCELLED))
                .contains(result.job().status()));
    assertThat(house.events(job)).containsExactly(EventType.BULK_CANCELLED, EventType.BULK_SETTLED);
  }

  private CancelBulkJob.Result cancel(StoredJob job) {
    return house.cancelBulkJob.handle(
        new CancelBulkJob.Command(caller, job.bulkId().toString(), ""));
  }

  private DomainError refusal(Caller asking, String id) {
    return catchThrowableOfType(
            DomainException.class,
            () -> house.cancelBulkJob.handle(new CancelBulkJob.Command(asking, id, "")))
        .error();
  }

  private LeasedChunk lease() {
    return house.lease(House.WORKER, 2).orElseThrow();
  }

  private void move(StoredJob job, JobTransition transition) {
    assertThat(house.store.jobs().move(job.id(), transition, null, house.clock.instant())).isTrue();
  }

  private Answer answer(int position, DispatchOutcome outcome) {
    return new Answer(
        position, 1, false, outcome, new Route(ScriptedCarrier.ID, ""), house.clock.instant());
  }
}
