package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedStreamTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final ScriptedReader<String> reader = new ScriptedReader<>();

  @Test
  void sendsPageAfterPageAndThenOk() {
    start(stream(this::three)).result();

    assertThat(reader.taken()).containsExactly("1", "2", "3");
    assertThat(reader.isCompleted()).isTrue();
  }

  @Test
  void readsNoPageBeforeTheOneBeforeWasTaken() {
    reader.stopAfter(1);
    Background<Boolean> running = start(stream(this::three));
    Await.until("the first page", () -> reader.taken().size() == 1);
    assertThat(asked).hasValue(1);

    reader.stopAfter(Integer.MAX_VALUE);
    reader.setReady(true);

    running.result();
    assertThat(reader.taken()).containsExactly("1", "2", "3");
  }

  @Test
  void stopsWithoutAWordWhenItsReaderIsGone() {
    reader.setReady(false);
    Background<Boolean> running = start(stream(this::three));

    reader.goAway();

    running.result();
    assertThat(asked).hasValue(0);
    assertThat(reader.isCompleted()).isFalse();
    assertThat(reader.failure()).isNull();
  }

  @Test
  void endsWhenNobodyReadsIt() {
    reader.setReady(false);

    start(stream(this::three, Duration.ofMillis(50))).result();

    assertThat(Refusals.reason(reader.refusal())).isEqualTo("READER_TOO_SLOW");
    assertThat(asked).hasValue(0);
  }

  @Test
  void tellsItsReaderThatTheNodeStops() {
    reader.setReady(false);
    PacedStream<String> stream = stream(this::three);
    Background<Boolean> running = start(stream);

    stream.drain();

    running.result();
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(asked).hasValue(0);
  }

  @Test
  void waitsForNothingMoreWhenTheNodeStops() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    PacedStream<String> stream =
        stream(itself -> {
          waits.countDown();
          itself.pause(LONG);
          return true;
        });
    Background<Boolean> running = start(stream);
    waits.await();

    stream.drain();

    running.result();
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("SERVICE_DRAINING");
  }

  @Test
  void endsByARefusal() {
    Duration soon = Duration.ofSeconds(1);
    PacedStream<String> stream =
        stream(_ -> {
          throw new DomainException(new DomainError.StoreUnavailable(soon));
        });

    start(stream).result();

    assertThat(Refusals.reason(reader.refusal())).isEqualTo("STORE_UNAVAILABLE");
    assertThat(reader.isCompleted()).isFalse();
  }

  private boolean three(PacedStream<String> stream) {
    stream.send(List.of("1", "2", "3").get(asked.getAndIncrement()));
    return asked.get() < 3;
  }

  private PacedStream<String> stream(PacedStream.Pages<String> pages) {
    return stream(pages, LONG);
  }

  private PacedStream<String> stream(PacedStream.Pages<String> pages, Duration patience) {
    return new PacedStream<>(
        pages,
        patience,
        failure -> ErrorStatuses.of(((DomainException) failure).error(), EntryPaths.ENTRIES),
        reader);
  }

  private static Background<Boolean> start(PacedStream<String> stream) {
    return Background.start(() -> {
      stream.run();
      return true;
    });
  }
}
