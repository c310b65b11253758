package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryScheduleTest {
  private static final Instant DUE = Instant.parse("2026-03-01T10:00:00Z");
  private static final DeliveryAnswer SILENT = new Unanswered(Cause.TIMED_OUT, Duration.ZERO);

  private final DeliverySchedule schedule = DeliverySchedule.DEFAULT;

  @Test
  void waitsLongerAndLongerForThreeDays() {
    List<Duration> waits = new ArrayList<>();
    Instant now = DUE;
    Optional<Duration> next = schedule.after(SILENT, 1, DUE, now, 0);
    while (next.isPresent()) {
      waits.add(next.get());
      now = now.plus(next.get());
      next = schedule.after(SILENT, waits.size() + 1, DUE, now, 0);
    }

    assertThat(waits)
        .startsWith(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12));
    assertThat(waits.subList(8, waits.size())).containsOnly(Duration.ofHours(12));
    assertThat(Duration.between(DUE, now)).isBetween(Duration.ofHours(58), Duration.ofDays(3));
  }

  @Test
  void spreadsWhatFailedTogether() {
    assertThat(schedule.after(SILENT, 5, DUE, DUE, 1)).contains(Duration.ofMinutes(66));
    assertThat(schedule.after(SILENT, 5, DUE, DUE, 0.5)).contains(Duration.ofMinutes(63));
  }

  @Test
  void waitsAsLongAsItIsAskedToButNotForEver() {
    assertThat(schedule.after(busy(Duration.ofSeconds(90)), 1, DUE, DUE, 0))
        .contains(Duration.ofSeconds(90));
    assertThat(schedule.after(busy(Duration.ofSeconds(1)), 1, DUE, DUE, 0))
        .contains(Duration.ofSeconds(5));
    assertThat(schedule.after(busy(Duration.ofDays(365)), 1, DUE, DUE, 0))
        .contains(Duration.ofHours(1));
  }

  @Test
  void triesNobodyWhoIsGone() {
    assertThat(schedule.after(new Answered(410, null, "", Duration.ZERO), 1, DUE, DUE, 0))
        .isEmpty();
    assertThat(schedule.after(new Answered(404, null, "", Duration.ZERO), 1, DUE, DUE, 0))
        .isPresent();
  }

  private static DeliveryAnswer busy(Duration asked) {
    return new Answered(503, asked, "", Duration.ZERO);
  }
}
