package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.ExportMessages;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExportStreamTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int ALL = 2 * ExportMessages.BATCH + 7;

  private final BulkId bulkId = new BulkId(new UUID(0x7000, 1));
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final ExportTaker reader = new ExportTaker();

  @Test
  void sendsBatchAfterBatchAndThenOk() {
    start(stream()).result();

    assertThat(asked).containsExactly(-1, 499, 999);
    assertThat(reader.batches).containsExactly(500, 500, 7);
    assertThat(reader.completed).isTrue();
  }

  @Test
  void readsNoBatchWhileItsReaderIsNotReady() {
    reader.ready = false;
    ExportStream stream = stream();
    Background<Boolean> running = start(stream);
    assertThat(asked).isEmpty();

    reader.becomeReady();

    running.result();
    assertThat(reader.batches).containsExactly(500, 500, 7);
  }

  @Test
  void stopsWithoutAWordWhenItsReaderIsGone() {
    reader.ready = false;
    Background<Boolean> running = start(stream());

    reader.goAway();

    running.result();
    assertThat(asked).isEmpty();
    assertThat(reader.completed).isFalse();
    assertThat(reader.failure).isNull();
  }

  @Test
  void endsWhenNobodyReadsIt() {
    reader.ready = false;

    start(stream(Duration.ofMillis(50))).result();

    assertThat(Status.fromThrowable(reader.failure).getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(asked).isEmpty();
  }

  @Test
  void tellsItsReaderThatTheNodeStops() {
    reader.ready = false;
    ExportStream stream = stream();
    Background<Boolean> running = start(stream);

    stream.drain();

    running.result();
    assertThat(Status.fromThrowable(reader.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(asked).isEmpty();
  }

  @Test
  void endsByARefusal() {
    ExportStream stream =
        new ExportStream(
            query(),
            LONG,
            _ -> {
              throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
            },
            ExportStreamTest::status,
            reader);

    start(stream).result();

    assertThat(Status.fromThrowable(reader.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(reader.completed).isFalse();
  }

  private ExportStream stream() {
    return stream(LONG);
  }

  private ExportStream stream(Duration patience) {
    return new ExportStream(query(), patience, this::batch, ExportStreamTest::status, reader);
  }

  private ExportMessages.Query query() {
    return new ExportMessages.Query(House.CALLER, bulkId.toString(), -1);
  }

  private List<Message> batch(ExportMessages.Query query) {
    asked.add(query.afterPosition());
    int first = query.afterPosition() + 1;
    return IntStream.range(first, Math.min(first + ExportMessages.BATCH, ALL))
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

  private static Background<Boolean> start(ExportStream stream) {
    return Background.start(() -> {
      stream.run();
      return true;
    });
  }

  private static StatusRuntimeException status(Throwable failure) {
    return ErrorStatuses.of(((DomainException) failure).error(), EntryPaths.ENTRIES);
  }
}
