package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.message.ExportMessages;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.v1.ExportMessagesResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExportPagesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final BulkId bulkId = new BulkId(new UUID(0x7000, 1));
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final ScriptedReader<ExportMessagesResponse> reader = new ScriptedReader<>();
  private int all = 2 * ExportMessages.BATCH + 7;

  @Test
  void sendsBatchAfterBatchAndThenOk() {
    stream().run();

    assertThat(asked).containsExactly(-1, 499, 999);
    assertThat(reader.taken())
        .extracting(ExportMessagesResponse::getMessagesCount)
        .containsExactly(500, 500, 7);
    assertThat(reader.isCompleted()).isTrue();
  }

  @Test
  void sendsNoBatchWithNothingInIt() {
    all = ExportMessages.BATCH;

    stream().run();

    assertThat(asked).containsExactly(-1, 499);
    assertThat(reader.taken()).hasSize(1);
    assertThat(reader.isCompleted()).isTrue();
  }

  private PacedStream<ExportMessagesResponse> stream() {
    return new PacedStream<>(
        new ExportPages(query(), this::batch), LONG, failure -> failure, reader);
  }

  private ExportMessages.Query query() {
    return new ExportMessages.Query(House.CALLER, bulkId.toString(), -1);
  }

  private List<Message> batch(ExportMessages.Query query) {
    asked.add(query.afterPosition());
    int first = query.afterPosition() + 1;
    return IntStream.range(first, Math.min(first + ExportMessages.BATCH, all))
        .mapToObj(this::message)
        .toList();
  }

  private Message message(int position) {
    return new Message(
        new MessageId(bulkId, position),
        "",
        Channel.SMS,
        "+263771234567",
        MessageStatus.QUEUED,
        null,
        "",
        null,
        "",
        1,
        0,
        false,
        House.NOW,
        null,
        null);
  }
}
