package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.type.TimeOfDay;
import dev.carillon.application.RequestedPlan;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.v1.CreateBulkJobRequest;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanRequestsTest {
  @Test
  void asksForNothingWhereTheCallerDidNotSay() {
    assertThat(map(CreateBulkJobRequest.newBuilder())).isEqualTo(RequestedPlan.NONE);
  }

  @Test
  void takesWhatTheCallerSaid() {
    RequestedPlan plan =
        map(
            CreateBulkJobRequest.newBuilder()
                .setSendTime(Timestamp.newBuilder().setSeconds(1_800_000_000L).setNanos(1_999))
                .setExpireTime(Timestamp.newBuilder().setSeconds(1_800_000_060L))
                .setRatePerSecond(50)
                .setMisfirePolicy(dev.carillon.v1.MisfirePolicy.MISFIRE_POLICY_SKIP)
                .setUnknownPolicy(dev.carillon.v1.UnknownPolicy.UNKNOWN_POLICY_RESEND)
                .setAutoPauseFailurePercent(25)
                .setSendWindow(
                    window("Africa/Harare")
                        .setFrom(time(8, 30))
                        .setTo(time(18, 0))
                        .addDays(com.google.type.DayOfWeek.MONDAY)
                        .addDays(com.google.type.DayOfWeek.SUNDAY)));

    assertThat(plan.sendTime()).isEqualTo(Instant.ofEpochSecond(1_800_000_000L, 1_000));
    assertThat(plan.expireTime()).isEqualTo(Instant.ofEpochSecond(1_800_000_060L));
    assertThat(plan.ratePerSecond()).isEqualTo(50);
    assertThat(plan.misfire()).isEqualTo(MisfirePolicy.SKIP);
    assertThat(plan.unknown()).isEqualTo(UnknownPolicy.RESEND);
    assertThat(plan.failurePercent()).hasValue(25);
    assertThat(plan.window())
        .isEqualTo(
            new SendWindow(
                LocalTime.of(8, 30),
                LocalTime.of(18, 0),
                Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                ZoneId.of("Africa/Harare")));
  }

  @Test
  void keepsNeverApartFromTheServicesDefault() {
    assertThat(
            map(CreateBulkJobRequest.newBuilder().setAutoPauseFailurePercent(0)).failurePercent())
        .hasValue(0);
    assertThat(map(CreateBulkJobRequest.newBuilder()).failurePercent()).isEmpty();
  }

  @Test
  void readsTheEndOfADayAsTheBeginningOfTheNext() {
    SendWindow window =
        map(CreateBulkJobRequest.newBuilder()
                .setSendWindow(window("UTC").setFrom(time(22, 0)).setTo(time(24, 0))))
            .window();

    assertThat(Objects.requireNonNull(window).to()).isEqualTo(LocalTime.MIDNIGHT);
    assertThat(window.isOpen(Instant.parse("2026-03-01T23:59:59Z"), List.of())).isTrue();
    assertThat(window.isOpen(Instant.parse("2026-03-01T00:00:00Z"), List.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "24, 0, 0, 0, from",
    "25, 0, 0, 0, to",
    "24, 1, 0, 0, to",
    "-1, 0, 0, 0, to",
    "0, 60, 0, 0, to",
    "0, -1, 0, 0, from",
    "8, 0, 1, 0, from",
    "8, 0, 0, 1, to"
  })
  void refusesWhatIsNoMinuteOfADay(int hours, int minutes, int seconds, int nanos, String field) {
    TimeOfDay wrong =
        TimeOfDay.newBuilder()
            .setHours(hours)
            .setMinutes(minutes)
            .setSeconds(seconds)
            .setNanos(nanos)
            .build();
    var window = window("UTC");
    if (field.equals("from")) {
      window.setFrom(wrong);
    } else {
      window.setTo(wrong);
    }

    assertThat(refused(CreateBulkJobRequest.newBuilder().setSendWindow(window)))
        .containsExactly("send_window." + field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+02:00", "Harare", "africa/harare", "GMT+2"})
  void refusesWhatIsNoNameOfATimeZone(String zone) {
    assertThat(refused(CreateBulkJobRequest.newBuilder().setSendWindow(window(zone))))
        .containsExactly("send_window.fallback_time_zone");
  }

  @Test
  void refusesTimesThatDoNotExistAndDaysThatDoNot() {
    assertThat(
            refused(
                CreateBulkJobRequest.newBuilder()
                    .setSendTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                    .setExpireTime(Timestamp.newBuilder().setNanos(-1))
                    .setSendWindow(
                        window("UTC")
                            .addDays(com.google.type.DayOfWeek.DAY_OF_WEEK_UNSPECIFIED)
                            .addDays(com.google.type.DayOfWeek.FRIDAY))))
        .containsExactly("send_time", "expire_time", "send_window.days[0]");
  }

  private static RequestedPlan map(CreateBulkJobRequest.Builder request) {
    Violations violations = new Violations();
    RequestedPlan plan = PlanRequests.plan(request.build(), violations);
    violations.refuse();
    return plan;
  }

  private static List<String> refused(CreateBulkJobRequest.Builder request) {
    DomainException refusal =
        Assertions.catchThrowableOfType(DomainException.class, () -> map(request));
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(FieldViolation::path).toList();
  }

  private static dev.carillon.v1.SendWindow.Builder window(String zone) {
    return dev.carillon.v1.SendWindow.newBuilder().setFallbackTimeZone(zone);
  }

  private static TimeOfDay time(int hours, int minutes) {
    return TimeOfDay.newBuilder().setHours(hours).setMinutes(minutes).build();
  }
}
