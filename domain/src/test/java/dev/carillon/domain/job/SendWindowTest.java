package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId HARARE = ZoneId.of("Africa/Harare");
  private static final ZoneId NOUAKCHOTT = ZoneId.of("Africa/Nouakchott");
  private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

  @ParameterizedTest
  @CsvSource({
    "08:00, 20:00, 07:59:59, false",
    "08:00, 20:00, 08:00:00, true",
    "08:00, 20:00, 19:59:59, true",
    "08:00, 20:00, 20:00:00, false",
    "22:00, 02:00, 21:59:59, false",
    "22:00, 02:00, 22:00:00, true",
    "22:00, 02:00, 01:59:59, true",
    "22:00, 02:00, 02:00:00, false",
    "00:00, 00:00, 00:00:00, true",
    "09:00, 09:00, 08:59:59, true",
  })
  void isOpenFromItsFirstMinuteToTheOneAfterItsLast(
      LocalTime from, LocalTime to, LocalTime time, boolean open) {
    SendWindow window = new SendWindow(from, to, Set.of(), UTC);

    Instant now = Instant.parse("2026-03-04T00:00:00Z").plusSeconds(time.toSecondOfDay());
    assertThat(window.isOpen(now, List.of())).isEqualTo(open);
  }

  @Test
  void goesByTheRecipientsOwnClock() {
    SendWindow window = day(Set.of());
    Instant sevenInLondon = Instant.parse("2026-01-05T07:00:00Z");

    assertThat(window.isOpen(sevenInLondon, List.of(HARARE))).isTrue();
    assertThat(window.isOpen(sevenInLondon, List.of(NOUAKCHOTT))).isFalse();
    assertThat(window.isOpen(sevenInLondon, List.of())).isFalse();
  }

  @Test
  void isOpenForWhoMayLiveInSeveralZonesOnlyWhenItIsOpenInAll() {
    SendWindow window = day(Set.of());

    assertThat(window.isOpen(Instant.parse("2026-01-05T07:00:00Z"), List.of(HARARE, NOUAKCHOTT)))
        .isFalse();
    assertThat(window.isOpen(Instant.parse("2026-01-05T08:00:00Z"), List.of(HARARE, NOUAKCHOTT)))
        .isTrue();
    assertThat(window.opensNext(Instant.parse("2026-01-05T07:00:00Z"), List.of(HARARE, NOUAKCHOTT)))
        .contains(Instant.parse("2026-01-05T08:00:00Z"));
  }

  @Test
  void aNightThatBeganOnAnOpenDayLastsUntilItsEnd() {
    SendWindow fridayNight =
        new SendWindow(LocalTime.of(22, 0), LocalTime.of(2, 0), Set.of(DayOfWeek.FRIDAY), UTC);

    assertThat(fridayNight.isOpen(Instant.parse("2026-01-09T23:00:00Z"), List.of())).isTrue();
    assertThat(fridayNight.isOpen(Instant.parse("2026-01-10T01:00:00Z"), List.of())).isTrue();
    assertThat(fridayNight.isOpen(Instant.parse("2026-01-09T01:00:00Z"), List.of())).isFalse();
    assertThat(fridayNight.isOpen(Instant.parse("2026-01-10T23:00:00Z"), List.of())).isFalse();
  }

  @Test
  void opensNextOnItsNextDay() {
    SendWindow mondays = day(Set.of(DayOfWeek.MONDAY));

    assertThat(mondays.opensNext(Instant.parse("2026-01-05T20:00:00Z"), List.of()))
        .contains(Instant.parse("2026-01-12T08:00:00Z"));
    assertThat(mondays.opensNext(Instant.parse("2026-01-05T07:00:00Z"), List.of()))
        .contains(Instant.parse("2026-01-05T08:00:00Z"));
  }

  @Test
  void opensWhenTheClockHasJumpedOverItsFirstMinute() {
    // Germany, 2026-03-29: 02:00 becomes 03:00 (European Union, directive 2000/84/EC).
    SendWindow window =
        new SendWindow(
            LocalTime.of(2, 30), LocalTime.of(6, 0), Set.of(), ZoneId.of("Europe/Berlin"));

    assertThat(window.opensNext(Instant.parse("2026-03-29T00:30:00Z"), List.of()))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void neverOpensForZonesWhoseHoursDoNotMeet() {
    SendWindow window = new SendWindow(LocalTime.of(9, 0), LocalTime.of(11, 0), Set.of(), UTC);

    assertThat(window.opensNext(Instant.parse("2026-01-05T07:00:00Z"), List.of(HARARE, AUCKLAND)))
        .isEmpty();
  }

  @Test
  void isOpenSomewhereAsLongAsItIsForTheFirstAndTheLastOnEarth() {
    // Monday from 08:00 to 20:00: from 14 hours before UTC (Kiritimati) to 12 behind it (Baker
    // Island).
    SendWindow mondays = day(Set.of(DayOfWeek.MONDAY));
    Instant first = Instant.parse("2026-01-04T18:00:00Z");
    Instant last = Instant.parse("2026-01-06T08:00:00Z");

    assertThat(mondays.isOpenSomewhere(first.minusNanos(1))).isFalse();
    assertThat(mondays.isOpenSomewhere(first)).isTrue();
    assertThat(mondays.isOpenSomewhere(last.minusNanos(1))).isTrue();
    assertThat(mondays.isOpenSomewhere(last)).isFalse();
    assertThat(mondays.opensNextSomewhere(last)).contains(first.plus(Duration.ofDays(7)));
    assertThat(mondays.isOpenSomewhere(last, first.plus(Duration.ofDays(7)))).isFalse();
    assertThat(mondays.isOpenSomewhere(last, first.plus(Duration.ofDays(7)).plusNanos(1))).isTrue();
    assertThat(mondays.isOpenSomewhere(first, first)).isTrue();
  }

  @Test
  void knowsTheClocksOfAllZonesOnEarth() {
    Instant now = Instant.parse("2026-07-01T00:00:00Z");

    assertThat(ZoneId.getAvailableZoneIds())
        .allSatisfy(id -> {
          LocalTime time = now.atZone(ZoneId.of(id)).toLocalTime();
          SendWindow minute = new SendWindow(time, time.plusMinutes(1), Set.of(), UTC);
          assertThat(minute.opensSomewhere(now)).isTrue();
          assertThat(minute.isOpenSomewhere(now)).isTrue();
          assertThat(minute.opensSomewhere(now.plusNanos(1))).isFalse();
        });
  }

  private static SendWindow day(Set<DayOfWeek> days) {
    return new SendWindow(LocalTime.of(8, 0), LocalTime.of(20, 0), days, UTC);
  }
}
