package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageTest {

  @Test
  void keepsAddressReferenceAndWordsOutOfItsText() {
    Message message =
        new Message(
            new MessageId(new BulkId(new UUID(1, 2)), 3),
            "order of Jane",
            Channel.SMS,
            "+263771234567",
            MessageStatus.FAILED,
            Reason.CARRIER_REFUSED,
            "refused for Jane",
            new Message.LastHandOver("simulated", "abc", "the only one"),
            "Econet",
            1,
            2,
            false,
            Instant.EPOCH,
            null,
            null);

    assertThat(message.toString())
        .contains("FAILED", "-3")
        .doesNotContain("263771234567", "Jane", "Econet");
  }
}
