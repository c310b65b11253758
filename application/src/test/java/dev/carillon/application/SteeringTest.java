package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.webhook.EventType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SteeringTest {
  private static final SendWindow NIGHT =
      new SendWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), Set.of(), ZoneId.of("UTC"));

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(2);
  private final House house = new House(carrier);
  private final Caller caller = callerOf(house.scope);
  private final UpdateBulkJob updateBulkJob =
      new UpdateBulkJob(house.steering, house.store.chunks(), house.clock);

  @Test
  void pausesAtOnceAndHandsNothingOverUntilItIsResumed() {
    StoredJob job = house.stored(anSmsJob().to(5));

    PauseBulkJob.Result paused = pause(job, "");

    assertThat(paused.job().status()).isEqualTo(JobStatus.PAUSED);
    assertThat(paused.job().life().pause()).isEqualTo(PauseReason.OWNER);
    assertThat(paused.waiting()).isEqualTo(5);
    assertThat(house.workOnce()).isFalse();
    assertThat(resume(job).status()).isEqualTo(JobStatus.PENDING);
    house.workAll();
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(carrier.wire()).hasSize(5);
    assertThat(house.events(job))
        .containsExactly(EventType.BULK_PAUSED, EventType.BULK_STARTED, EventType.BULK_COMPLETED);
  }

  @Test
  void answersTheSameAndTellsNothingTwiceWhenItIsPausedAlready() {
    StoredJob job = house.stored(anSmsJob().to(5));
    house.store.run(
        () -> house.store.jobs().pause(job.id(), PauseReason.FAILURE_RATE, house.clock.instant()));

    PauseBulkJob.Result paused = pause(job, "");

    assertThat(paused.job().life().pause()).isEqualTo(PauseReason.FAILURE_RATE);
    assertThat(house.events(job)).isEmpty();
  }

  @Test
  void pausesOnceUnderARequestId() {
    StoredJob job = house.stored(anSmsJob().to(5));
    pause(job, "p-1");
    resume(job);

    assertThat(pause(job, "p-1").job().status()).isEqualTo(JobStatus.PENDING);
    assertThat(pause(job, "p-2").job().status()).isEqualTo(JobStatus.PAUSED);
  }

  @Test
  void letsAJobThatWasPausedBeyondItsSendTimeGoAtOnce() {
    StoredJob job =
        house.stored(
            anSmsJob()
                .to(1)
                .inStatus(JobStatus.SCHEDULED)
                .dueAt(JobFixture.CREATED.plusSeconds(60)));
    pause(job, "");
    assertThat(resume(job).status()).isEqualTo(JobStatus.SCHEDULED);
    pause(job, "");
    house.clock.advance(Duration.ofSeconds(60));

    assertThat(resume(job).status()).isEqualTo(JobStatus.PENDING);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "CANCELLING", "COMPLETED", "PARTIAL", "FAILED", "CANCELLED"})
  void refusesToPauseAndToResumeWhereThatCannotBe(JobStatus status) {
    StoredJob job = house.stored(anSmsJob().to(1).inStatus(status));

    assertRefused(job, "pause", one -> pause(one, "p-1"));
    assertRefused(job, "resume", this::resume);
    assertThat(house.job(job).status()).isEqualTo(status);
    assertThat(house.events(job)).isEmpty();
  }

  @Test
  void endsACancelledJobThatHasNothingInItAtOnce() {
    StoredJob job = house.stored(anSmsJob().inStatus(JobStatus.OPEN));

    CancelBulkJob.Result cancelled =
        house.cancelBulkJob.handle(new CancelBulkJob.Command(caller, job.bulkId().toString(), ""));

    assertThat(cancelled.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(house.events(job)).containsExactly(EventType.BULK_CANCELLED, EventType.BULK_SETTLED);
  }

  @Test
  void changesOnlyWhatIsAskedFor() {
    StoredJob job = house.stored(anSmsJob().to(1).named("old").perSecond(5).within(NIGHT));

    BulkJob renamed = update(job, new UpdateBulkJob.Changes("new", OptionalInt.empty(), null));
    assertThat(renamed.submission().name()).isEqualTo("new");
    assertThat(renamed.submission().plan().ratePerSecond()).isEqualTo(5);
    assertThat(renamed.submission().plan().window()).isEqualTo(NIGHT);

    BulkJob opened = update(job, window(null));
    assertThat(opened.submission().plan().window()).isNull();
    assertThat(opened.submission().plan().ratePerSecond()).isEqualTo(5);

    BulkJob faster = update(job, new UpdateBulkJob.Changes(null, OptionalInt.of(0), null));
    assertThat(faster.submission().plan().ratePerSecond()).isZero();
    assertThat(faster.submission().name()).isEqualTo("new");
    assertThat(update(job, window(NIGHT)).submission().plan().window()).isEqualTo(NIGHT);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "PARTIAL", "FAILED", "CANCELLED"})
  void changesNothingOfAnEndedJob(JobStatus status) {
    StoredJob job = house.stored(anSmsJob().to(1).named("old").inStatus(status));

    assertRefused(
        job,
        "update",
        one -> update(one, new UpdateBulkJob.Changes("new", OptionalInt.empty(), null)));

    assertThat(house.job(job).submission().name()).isEqualTo("old");
  }

  @Test
  void refusesAnotherChangeUnderTheSameRequestId() {
    StoredJob job = house.stored(anSmsJob().to(1));
    update(job, window(NIGHT), "u-1");

    assertThat(update(job, window(NIGHT), "u-1").submission().plan().window()).isEqualTo(NIGHT);
    for (UpdateBulkJob.Changes other :
        List.of(
            window(null),
            new UpdateBulkJob.Changes(null, OptionalInt.empty(), null),
            new UpdateBulkJob.Changes("x", OptionalInt.empty(), window(NIGHT).window()),
            new UpdateBulkJob.Changes(null, OptionalInt.of(0), window(NIGHT).window()))) {
      assertThat(refusal(() -> update(job, other, "u-1")))
          .isInstanceOf(DomainError.RequestIdReused.class);
    }
  }

  @Test
  void refusesHoursThatNobodyOnEarthHasBeforeItExpires() {
    // It is Sunday, 10:00 in UTC.
    SendWindow wednesdays =
        new SendWindow(
            LocalTime.of(9, 0), LocalTime.of(17, 0), Set.of(DayOfWeek.WEDNESDAY), ZoneId.of("UTC"));
    Instant first = Instant.parse("2026-03-03T19:00:00Z");
    StoredJob never = house.stored(anSmsJob().to(1).until(first));
    StoredJob open = house.stored(anSmsJob().to(1).until(first).inStatus(JobStatus.OPEN));
    StoredJob longer = house.stored(anSmsJob().to(1).until(first.plusSeconds(1)));

    DomainError refusal = refusal(() -> update(never, window(wednesdays)));

    assertThat(((DomainError.InvalidFields) refusal).violations())
        .extracting(FieldViolation::path)
        .containsExactly("bulk_job.send_window");
    assertThat(house.job(never).submission().plan().window()).isNull();
    assertThat(update(never, window(NIGHT)).submission().plan().window()).isEqualTo(NIGHT);
    assertThat(update(longer, window(wednesdays)).submission().plan().window())
        .isEqualTo(wednesdays);
    assertThat(update(open, window(wednesdays)).submission().plan().window()).isEqualTo(wednesdays);
  }

  @Test
  void renamesAJobWhoseHoursAreOver() {
    SendWindow wednesdays =
        new SendWindow(
            LocalTime.of(9, 0), LocalTime.of(17, 0), Set.of(DayOfWeek.WEDNESDAY), ZoneId.of("UTC"));
    Instant first = Instant.parse("2026-03-03T19:00:00Z");
    StoredJob job = house.stored(anSmsJob().to(1).until(first).within(wednesdays));

    BulkJob renamed =
        update(
            job,
            new UpdateBulkJob.Changes("new", OptionalInt.empty(), window(wednesdays).window()));

    assertThat(renamed.submission().name()).isEqualTo("new");
  }

  private void assertRefused(StoredJob job, String action, Consumer<StoredJob> command) {
    assertThat(refusal(() -> command.accept(job)))
        .isEqualTo(
            new DomainError.IllegalTransition(
                job.bulkId().toString(), house.job(job).status(), action));
  }

  private static DomainError refusal(Runnable command) {
    return catchThrowableOfType(DomainException.class, command::run).error();
  }

  private PauseBulkJob.Result pause(StoredJob job, String requestId) {
    return house.pauseBulkJob.handle(
        new PauseBulkJob.Command(caller, job.bulkId().toString(), requestId));
  }

  private BulkJob resume(StoredJob job) {
    return house.resumeBulkJob.handle(
        new ResumeBulkJob.Command(caller, job.bulkId().toString(), ""));
  }

  private BulkJob update(StoredJob job, UpdateBulkJob.Changes changes) {
    return update(job, changes, "");
  }

  private BulkJob update(StoredJob job, UpdateBulkJob.Changes changes, String requestId) {
    return updateBulkJob.handle(
        new UpdateBulkJob.Command(caller, job.bulkId().toString(), requestId, changes));
  }

  private static UpdateBulkJob.Changes window(@Nullable SendWindow window) {
    return new UpdateBulkJob.Changes(
        null, OptionalInt.empty(), new UpdateBulkJob.WindowChange(window));
  }
}
