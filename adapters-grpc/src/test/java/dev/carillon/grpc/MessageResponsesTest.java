package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageResponsesTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysWhetherTheRecipientMayHaveGotItTwice(boolean possibleDuplicate) {
    assertThat(
            MessageResponses.got(message(null, possibleDuplicate))
                .getMessage()
                .getPossibleDuplicate())
        .isEqualTo(possibleDuplicate);
  }

  @Test
  void saysWhichCarrierWasGivenItAndWhyThatOne() {
    dev.carillon.v1.Message shown =
        MessageResponses.got(
                message(
                    new Message.LastHandOver("econet", "c-1", "route zimbabwe, weight 3 of 4"),
                    false))
            .getMessage();

    assertThat(shown.getCarrier()).isEqualTo("econet");
    assertThat(shown.getCarrierMessageId()).isEqualTo("c-1");
    assertThat(shown.getCarrierChoiceReason()).isEqualTo("route zimbabwe, weight 3 of 4");
  }

  private static Message message(Message.@Nullable LastHandOver last, boolean possibleDuplicate) {
    return new Message(
        new MessageId(new BulkId(new UUID(0x7000, 1)), 17),
        "",
        Channel.SMS,
        "+263771234567",
        MessageStatus.UNKNOWN,
        Reason.OUTCOME_UNKNOWN,
        "",
        last,
        "",
        1,
        2,
        possibleDuplicate,
        House.NOW,
        null,
        null);
  }
}
