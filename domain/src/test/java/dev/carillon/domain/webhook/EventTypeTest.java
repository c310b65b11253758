package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobTransition;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypeTest {
  private static final Map<JobTransition, EventType> TOLD =
      new EnumMap<>(
          Map.of(
              JobTransition.BEGIN, EventType.BULK_STARTED,
              JobTransition.PAUSE, EventType.BULK_PAUSED,
              JobTransition.END_COMPLETED, EventType.BULK_COMPLETED,
              JobTransition.END_PARTIAL, EventType.BULK_COMPLETED,
              JobTransition.END_FAILED, EventType.BULK_FAILED,
              JobTransition.END_CANCELLED, EventType.BULK_CANCELLED));

  @Test
  void tellsOfTheMovesThatCallersWaitFor() {
    for (JobTransition transition : JobTransition.values()) {
      assertThat(EventType.of(transition).orElse(null))
          .as("%s", transition)
          .isEqualTo(TOLD.get(transition));
    }
  }

  @Test
  void tellsEveryEndAsOneEvent() {
    for (JobTransition transition : JobTransition.values()) {
      if (transition.target().isEnd() && !transition.isCorrection()) {
        assertThat(EventType.of(transition)).isPresent();
      }
    }
  }

  /// Names are part of the API: never changed.
  @ParameterizedTest
  @CsvSource({
    "BULK_STARTED, bulk.started",
    "BULK_PAUSED, bulk.paused",
    "BULK_COMPLETED, bulk.completed",
    "BULK_FAILED, bulk.failed",
    "BULK_CANCELLED, bulk.cancelled",
    "BULK_SETTLED, bulk.settled",
    "BALANCE_LOW, balance.low"
  })
  void keepsItsName(EventType type, String label) {
    assertThat(type.label()).isEqualTo(label);
  }

  @Test
  void hasAsManyTypesAsTheTable() {
    assertThat(EventType.values()).hasSize(7);
  }
}
