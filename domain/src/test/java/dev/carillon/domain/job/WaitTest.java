package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitTest {
  private static final Instant NOW = Instant.parse("2026-03-04T10:00:07Z");
  private static final Instant LATER = NOW.plusSeconds(90);
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Way OPEN = new Way.Open();
  private static final SendWindow AFTERNOON = hours(Set.of());

  @Test
  void whatAWorkerIsAtDoesNotWaitWhateverStandsInItsWay() {
    assertThat(waiting(AFTERNOON, new Front.Moving())).isEmpty();
    assertThat(waiting(null, new Front.Moving(), new Way.Off())).isEmpty();
  }

  @Test
  void whatIsStoppedOrSwitchedOffWaitsForThatBeforeAnythingElse() {
    assertThat(waiting(AFTERNOON, new Front.BusinessStopped()))
        .contains(forGood(WaitReason.BUSINESS_STOPPED));
    assertThat(waiting(AFTERNOON, new Front.DispatchOff()))
        .contains(forGood(WaitReason.DISPATCH_OFF));
  }

  @Test
  void whatIsDueWaitsForItsTurn() {
    assertThat(waiting(null, new Front.Due(NOW, null), OPEN)).contains(forGood(WaitReason.TURN));
    assertThat(waiting(AFTERNOON, new Front.Due(NOW, NOW), OPEN))
        .contains(forGood(WaitReason.TURN));
  }

  @Test
  void whatIsDueWhenHoursBeginWaitsForThem() {
    assertThat(waiting(AFTERNOON, new Front.Due(NOON, null), OPEN))
        .contains(new Wait(WaitReason.SEND_WINDOW, NOON));
    assertThat(waiting(AFTERNOON, new Front.Due(NOON, NOON.plusSeconds(1)), OPEN))
        .contains(new Wait(WaitReason.SEND_WINDOW, NOON));
    assertThat(waiting(AFTERNOON, new Front.Due(NOON, null), new Way.Off()))
        .contains(new Wait(WaitReason.SEND_WINDOW, NOON));
  }

  @Test
  void whatIsDueAtAnotherTimeDoesNotWaitForItsHours() {
    assertThat(waiting(AFTERNOON, new Front.Due(LATER, null), OPEN))
        .contains(new Wait(WaitReason.RATE, LATER));
    assertThat(waiting(hours(Set.of(DayOfWeek.SUNDAY)), new Front.Due(NOON, null), OPEN))
        .contains(new Wait(WaitReason.RATE, NOON));
    assertThat(waiting(AFTERNOON, new Front.Due(NOON, NOON), OPEN))
        .contains(new Wait(WaitReason.RETRY, NOON));
  }

  @Test
  void whatIsClosedEverywhereWaitsForThePlaceWhereItOpensFirst() {
    // Sunday, 14:00, where clocks are 14 hours before UTC.
    assertThat(waiting(hours(Set.of(DayOfWeek.SUNDAY)), new Front.Due(NOW, null), OPEN))
        .contains(new Wait(WaitReason.SEND_WINDOW, Instant.parse("2026-03-08T00:00:00Z")));
  }

  @Test
  void whatIsTriedAgainWaitsForThatUnlessItsCarrierFails() {
    Front front = new Front.Due(LATER, LATER.minusSeconds(1));

    assertThat(waiting(null, front, OPEN)).contains(new Wait(WaitReason.RETRY, LATER));
    assertThat(waiting(null, front, new Way.Closed(NOON), OPEN))
        .contains(new Wait(WaitReason.RETRY, LATER));
    assertThat(waiting(null, front, new Way.Closed(NOON)))
        .contains(new Wait(WaitReason.CARRIER_UNAVAILABLE, NOON));
  }

  @Test
  void whatHasNoOpenWayWaitsForTheFirstThatMayOpenByItself() {
    Front front = new Front.Due(NOW, null);

    assertThat(waiting(null, front)).contains(forGood(WaitReason.NO_ROUTE));
    assertThat(waiting(null, front, new Way.Off(), new Way.Off()))
        .contains(forGood(WaitReason.CARRIER_OFF));
    assertThat(waiting(null, front, new Way.Off(), new Way.Closed(NOON), new Way.Closed(LATER)))
        .contains(new Wait(WaitReason.CARRIER_UNAVAILABLE, LATER));
    assertThat(waiting(null, front, new Way.Off(), OPEN)).contains(forGood(WaitReason.TURN));
  }

  @Test
  void whatExpiresWaitsForNothing() {
    DispatchPlan plan = DispatchPlan.atOnce(NOW);

    assertThat(Wait.ofRunning(plan, new Front.DispatchOff(), List.of(OPEN), NOW)).isEmpty();
    assertThat(Wait.ofRunning(plan, new Front.DispatchOff(), List.of(OPEN), NOW.minusNanos(1)))
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void sayWhatTheyMean(WaitReason reason) {
    assertThat(reason.description()).isNotBlank().doesNotEndWith(".");
    assertThat(reason.keepsPace())
        .isEqualTo(reason == WaitReason.RATE || reason == WaitReason.TURN);
  }

  private static Optional<Wait> waiting(@Nullable SendWindow window, Front front, Way... ways) {
    DispatchPlan plan = DispatchPlan.atOnce(NOW.plusSeconds(1_000_000)).within(window);
    return Wait.ofRunning(plan, front, List.of(ways), NOW);
  }

  private static Wait forGood(WaitReason reason) {
    return new Wait(reason, null);
  }

  private static SendWindow hours(Set<DayOfWeek> days) {
    return new SendWindow(LocalTime.of(14, 0), LocalTime.of(18, 0), days, ZoneId.of("UTC"));
  }
}
