package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestedPlanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final SendWindow SATURDAYS =
      new SendWindow(
          LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, Set.of(DayOfWeek.SATURDAY), ZoneId.of("UTC"));

  @Test
  void livesAsLongAsTheGreatestAgeFromItsStart() {
    assertThat(plan(null, null).deadline()).isEqualTo(NOW.plus(Limits.DEFAULTS.maxAge()));
    assertThat(plan(LATER, null).deadline()).isEqualTo(LATER.plus(Limits.DEFAULTS.maxAge()));
    assertThat(plan(LATER, LATER.plus(MICRO)).deadline()).isEqualTo(LATER.plus(MICRO));
  }

  @Test
  void beginsAtOnceWhenItsSendTimeIsPast() {
    assertThat(plan(NOW, null).sendTime()).isNull();
    assertThat(plan(NOW.minusSeconds(60), null).deadline())
        .isEqualTo(NOW.plus(Limits.DEFAULTS.maxAge()));
    assertThat(plan(NOW.plus(MICRO), null).sendTime()).isEqualTo(NOW.plus(MICRO));
  }

  @Test
  void takesTheServicesFailurePercentOnlyWhereItSaysNone() {
    Limits limits = new Limits(1, 1, 1, Limits.DEFAULTS.content(), 0, Duration.ofHours(1), 40);

    assertThat(RequestedPlan.NONE.plan(NOW, limits).failurePercent()).isEqualTo(40);
    assertThat(
            new RequestedPlan(
                    null,
                    null,
                    null,
                    0,
                    MisfirePolicy.SEND_LATE,
                    UnknownPolicy.HOLD,
                    OptionalInt.of(0))
                .plan(NOW, limits)
                .failurePercent())
        .isZero();
  }

  @Test
  void refusesTimesThatCannotBeMet() {
    Instant farthest = NOW.plus(RequestedPlan.FARTHEST);

    assertThat(refused(farthest.plus(MICRO), null)).containsExactly("send_time");
    assertThat(refused(null, NOW)).containsExactly("expire_time");
    assertThat(refused(LATER, LATER)).containsExactly("expire_time");
    assertThat(refused(null, farthest.plus(MICRO))).containsExactly("expire_time");
    assertThat(refused(farthest.plus(MICRO), NOW)).containsExactly("send_time", "expire_time");
    assertThatCode(() ->
            requested(farthest, farthest.plus(RequestedPlan.FARTHEST))
                .check(NOW, Limits.DEFAULTS, true))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> requested(NOW.minusSeconds(1), NOW.plus(MICRO)).check(NOW, Limits.DEFAULTS, true))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesHoursThatNobodyOnEarthHasBeforeItExpires() {
    // Saturday lasts, 12 hours behind UTC, until noon of this Sunday; the next one begins, 14 hours
    // before UTC, on Friday.
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Instant friday = Instant.parse("2026-03-06T10:00:00Z");

    assertThat(refusedHours(SATURDAYS, noon, friday, true)).containsExactly("send_window");
    assertThat(refusedHours(SATURDAYS, noon, friday, false)).containsExactly("send_window");
    assertThat(refusedHours(SATURDAYS, noon, friday.plus(MICRO), true)).isEmpty();
    assertThat(refusedHours(SATURDAYS, noon.minus(MICRO), friday, true)).isEmpty();
    assertThat(refusedHours(SATURDAYS, null, friday, true)).isEmpty();
    assertThat(refusedHours(SATURDAYS, friday, friday, true)).containsExactly("expire_time");
  }

  @Test
  void reckonsItsHoursByTheGreatestAgeUnlessItsTimeBeginsWithAnUpload() {
    Instant monday = NOW.plus(Duration.ofDays(1));

    assertThat(refusedHours(SATURDAYS, monday, null, true)).containsExactly("send_window");
    assertThat(refusedHours(SATURDAYS, monday, null, false)).isEmpty();
    assertThat(refusedHours(SATURDAYS, monday.plus(Duration.ofDays(2)), null, true)).isEmpty();
  }

  @Test
  void storesNothingOfAJobThatCouldNeverBeSent() {
    House house = new House(ScriptedCarrier.withWindow(2));
    RequestedPlan never = within(SATURDAYS, NOW.plus(Duration.ofDays(1)), null);
    CreateBulkJob.Command command = submission(house, never);

    DomainException refusal =
        catchThrowableOfType(DomainException.class, () -> house.createBulkJob.handle(command));

    assertThat(fields(refusal)).containsExactly("send_window");
    assertThat(house.store.jobs().all()).isEmpty();
    DomainException ofEstimate =
        catchThrowableOfType(
            DomainException.class,
            () -> house.estimateBulkJob.handle(new EstimateBulkJob.Query(command)));
    assertThat(fields(ofEstimate)).containsExactly("send_window");
  }

  @Test
  void givesTheFirstAnswerAgainEvenWhenItsTimeIsOver() {
    House house = new House(ScriptedCarrier.withWindow(2));
    CreateBulkJob.Command command =
        Submission.anSms("hello")
            .to(1)
            .withRequestId("c-1")
            .planned(requested(house.clock.instant().plusSeconds(60), null))
            .by(house.scope);
    BulkJob first = house.createBulkJob.handle(command).job();
    house.pass(Duration.ofDays(400));

    BulkJob repeated = house.createBulkJob.handle(command).job();

    assertThat(first.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(repeated).isEqualTo(first);
  }

  @Test
  void tellsAnotherPlanFromARepeat() {
    House house = new House(ScriptedCarrier.withWindow(2));
    Instant time = house.clock.instant().plusSeconds(60);
    house.createBulkJob.handle(submission(house, requested(time, null)));

    for (RequestedPlan other :
        List.of(RequestedPlan.NONE, requested(null, time), requested(time.plus(MICRO), null))) {
      DomainException reused =
          catchThrowableOfType(
              DomainException.class, () -> house.createBulkJob.handle(submission(house, other)));
      assertThat(reused.error()).isEqualTo(new DomainError.RequestIdReused("c-1"));
    }
  }

  private static CreateBulkJob.Command submission(House house, RequestedPlan plan) {
    return Submission.anSms("hello").to(1).withRequestId("c-1").planned(plan).by(house.scope);
  }

  private static DispatchPlan plan(@Nullable Instant sendTime, @Nullable Instant expireTime) {
    return requested(sendTime, expireTime).plan(NOW, Limits.DEFAULTS);
  }

  private static List<String> refused(@Nullable Instant sendTime, @Nullable Instant expireTime) {
    DomainException refusal =
        catchThrowableOfType(
            DomainException.class,
            () -> requested(sendTime, expireTime).check(NOW, Limits.DEFAULTS, true));
    return fields(refusal);
  }

  private static List<String> refusedHours(
      SendWindow window, @Nullable Instant sendTime, @Nullable Instant expireTime, boolean begins) {
    DomainException refusal =
        catchThrowableOfType(
            DomainException.class,
            () -> within(window, sendTime, expireTime).check(NOW, Limits.DEFAULTS, begins));
    return refusal == null ? List.of() : fields(refusal);
  }

  private static List<String> fields(DomainException refusal) {
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(FieldViolation::path).toList();
  }

  private static RequestedPlan requested(@Nullable Instant sendTime, @Nullable Instant expireTime) {
    return within(null, sendTime, expireTime);
  }

  private static RequestedPlan within(
      @Nullable SendWindow window, @Nullable Instant sendTime, @Nullable Instant expireTime) {
    return new RequestedPlan(
        sendTime,
        expireTime,
        window,
        0,
        MisfirePolicy.SEND_LATE,
        UnknownPolicy.HOLD,
        OptionalInt.empty());
  }
}
