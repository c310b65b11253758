package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.ToldStatuses;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    "MESSAGE_SENT, message.sent",
    "MESSAGE_DELIVERED, message.delivered",
    "MESSAGE_READ, message.read",
    "MESSAGE_UNDELIVERED, message.undelivered",
    "MESSAGE_FAILED, message.failed",
    "MESSAGE_EXPIRED, message.expired",
    "MESSAGE_CANCELLED, message.cancelled",
    "MESSAGE_UNKNOWN, message.unknown",
    "BALANCE_LOW, balance.low",
    "WEBHOOK_TEST, webhook.test",
    "WEBHOOK_DISABLED, webhook.disabled"
  })
  void keepsItsName(EventType type, String label) {
    assertThat(type.label()).isEqualTo(label);
    assertThat(EventType.ofLabel(label)).contains(type);
  }

  @Test
  void hasAsManyTypesAsTheTable() {
    assertThat(EventType.values()).hasSize(17);
  }

  @ParameterizedTest
  @EnumSource(MessageStatus.class)
  void tellsOfEveryStatusButThoseOfWhatWaitsOrWasLeftOut(MessageStatus status) {
    boolean told =
        switch (status) {
          case PENDING, QUEUED, REJECTED -> false;
          default -> true;
        };

    assertThat(EventType.of(status).isPresent()).isEqualTo(told);
    assertThat(EventType.of(status).flatMap(EventType::messageStatus))
        .isEqualTo(told ? Optional.of(status) : Optional.empty());
    assertThat(ToldStatuses.ALL.contains(status)).isEqualTo(told);
  }

  @Test
  void isHeardOfAMessageOnlyByThoseWhoNameIt() {
    EndpointDetails all = new EndpointDetails("", Set.of(), "", true);
    EndpointDetails named = new EndpointDetails("", Set.of(EventType.MESSAGE_READ), "", true);

    assertThat(all.hears(EventType.BULK_STARTED)).isTrue();
    assertThat(all.hears(EventType.MESSAGE_READ)).isFalse();
    assertThat(named.hears(EventType.MESSAGE_READ)).isTrue();
    assertThat(named.hears(EventType.MESSAGE_SENT)).isFalse();
    assertThat(named.hears(EventType.BULK_STARTED)).isFalse();
  }
}
