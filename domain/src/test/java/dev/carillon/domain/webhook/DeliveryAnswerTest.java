package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryAnswerTest {
  private static final DeliveryAnswer SAID =
      new DeliveryAnswer.Answered(503, Duration.ofSeconds(7), "no", Duration.ofMillis(3));

  @Test
  void keepsNoWordsOfAReceiverAboutAMessage() {
    MessageEvent event =
        new MessageEvent(
            new MessageId(new BulkId(new UUID(1, 1)), 0),
            "reference",
            MessageStatus.SENT,
            null,
            1,
            "simulated",
            Instant.EPOCH);

    assertThat(SAID.keptOf(event))
        .isEqualTo(
            new DeliveryAnswer.Answered(503, Duration.ofSeconds(7), "", Duration.ofMillis(3)));
  }

  @Test
  void keepsAllElse() {
    OutwardEvent event = EndpointEvent.test(new EndpointId(new UUID(1, 1)), Instant.EPOCH);
    DeliveryAnswer none =
        new DeliveryAnswer.Unanswered(DeliveryAnswer.Cause.TIMED_OUT, Duration.ofMillis(3));

    assertThat(SAID.keptOf(event)).isEqualTo(SAID);
    assertThat(none.keptOf(event)).isEqualTo(none);
  }
}
