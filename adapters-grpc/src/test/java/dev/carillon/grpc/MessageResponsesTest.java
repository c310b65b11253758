package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageResponsesTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysWhetherTheRecipientMayHaveGotItTwice(boolean possibleDuplicate) {
    Message message =
        new Message(
            new MessageId(new BulkId(new UUID(0x7000, 1)), 17),
            "",
            Channel.SMS,
            "+263771234567",
            MessageStatus.UNKNOWN,
            Reason.OUTCOME_UNKNOWN,
            "",
            null,
            "",
            1,
            2,
            possibleDuplicate,
            House.NOW,
            null,
            null);

    assertThat(MessageResponses.got(message).getMessage().getPossibleDuplicate())
        .isEqualTo(possibleDuplicate);
  }
}
