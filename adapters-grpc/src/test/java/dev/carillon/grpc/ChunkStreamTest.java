package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.memory.InMemoryTenancy;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ChunkStreamTest {
  private static final String METHOD = "Add";
  private static final ChunkStream.Work<String, String> ECHO =
      chunk -> () -> Optional.of("stored " + chunk);

  @AutoClose private final ChunkStreams streams = streams(Duration.ofMinutes(1));
  private final ScriptedReader<String> caller = new ScriptedReader<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<String> begun = new CopyOnWriteArrayList<>();

  @Test
  void answersEveryChunkInItsOrder() {
    StreamObserver<String> stream = streams.serve(METHOD, ECHO, caller);
    assertThat(caller.isAutomatic()).isFalse();
    assertThat(caller.requested()).isEqualTo(1);

    for (int i = 0; i < 50; i++) {
      stream.onNext("chunk " + i);
    }
    stream.onCompleted();

    assertThat(caller.taken()).hasSize(50);
    assertThat(caller.taken().getFirst()).isEqualTo("stored chunk 0");
    assertThat(caller.taken().get(49)).isEqualTo("stored chunk 49");
    assertThat(caller.isCompleted()).isTrue();
    assertThat(streams.open()).isZero();
  }

  @Test
  void preparesTheNextChunkWhileOneIsInWorkAndAsksForNoMore() {
    List<String> prepared = new CopyOnWriteArrayList<>();
    StreamObserver<String> stream =
        streams.serve(
            METHOD,
            chunk -> {
              prepared.add(chunk);
              return heldWork(chunk);
            },
            caller);

    stream.onNext("1");
    Await.until("the first is in work", () -> begun.equals(List.of("1")));
    assertThat(caller.requested()).isEqualTo(2);
    Background<Boolean> second = send(stream, "2");
    Await.until("the second is prepared", () -> prepared.size() == 2);

    assertThat(caller.requested()).isEqualTo(2);
    assertThat(begun).containsExactly("1");
    goOn.countDown();
    assertThat(second.result()).isTrue();
    Await.until("both are answered", () -> caller.taken().size() == 2);
    assertThat(caller.taken()).containsExactly("stored 1", "stored 2");
    assertThat(caller.requested()).isEqualTo(3);
  }

  @Test
  void asksForNothingWhileTheCallerDoesNotTakeTheAnswers() {
    StreamObserver<String> stream = streams.serve(METHOD, ECHO, caller);
    caller.setReady(false);

    stream.onNext("1");
    Await.until("it is answered", () -> caller.taken().size() == 1);
    assertThat(caller.requested()).isEqualTo(1);
    caller.setReady(true);
    assertThat(caller.requested()).isEqualTo(2);
    caller.setReady(true);

    assertThat(caller.requested()).isEqualTo(2);
  }

  @Test
  void endsByWhatAChunkIsRefusedBy() {
    StreamObserver<String> stream =
        streams.serve(
            METHOD,
            chunk ->
                () -> {
                  if (chunk.equals("2")) {
                    throw new DomainException(new DomainError.SequenceGap("x", 2, 3));
                  }
                  return Optional.of(chunk);
                },
            caller);

    stream.onNext("1");
    stream.onNext("2");
    Await.until("the stream ends", () -> caller.failure() != null);
    stream.onNext("3");
    stream.onCompleted();
    streams.drain();

    assertThat(reason(caller)).isEqualTo("SEQUENCE_GAP");
    assertThat(caller.taken()).containsExactly("1");
    assertThat(streams.open()).isZero();
  }

  @Test
  void answersTheChunkInWorkBeforeTheNextOneRefusesToBePrepared() {
    StreamObserver<String> stream =
        streams.serve(
            METHOD,
            chunk -> {
              if (chunk.equals("2")) {
                goOn.countDown();
                throw new IllegalStateException("malformed");
              }
              return heldWork(chunk);
            },
            caller);

    stream.onNext("1");
    assertThatThrownBy(() -> stream.onNext("2")).hasMessage("malformed");

    assertThat(caller.taken()).containsExactly("stored 1");
    assertThat(caller.failure()).isNull();
    assertThat(streams.open()).isZero();
  }

  @Test
  void answersAllChunksTogetherAtTheEndWhereTheWorkWantsIt() {
    List<String> done = new CopyOnWriteArrayList<>();
    StreamObserver<String> stream =
        streams.serve(
            METHOD,
            new ChunkStream.Work<String, String>() {
              @Override
              public Supplier<Optional<String>> prepare(String chunk) {
                return () -> {
                  done.add(chunk);
                  return Optional.empty();
                };
              }

              @Override
              public Optional<String> end() {
                return Optional.of("done: " + done);
              }
            },
            caller);

    stream.onNext("1");
    stream.onNext("2");
    stream.onCompleted();

    assertThat(caller.taken()).containsExactly("done: [1, 2]");
    assertThat(caller.isCompleted()).isTrue();
  }

  @Test
  void forgetsAStreamThatItsCallerHasCancelled() {
    StreamObserver<String> stream = streams.serve(METHOD, this::heldWork, caller);
    stream.onNext("1");

    stream.onError(Status.CANCELLED.asRuntimeException());
    goOn.countDown();

    assertThat(streams.open()).isZero();
    streams.drain();
    assertThat(caller.failure()).isNull();
    assertThat(caller.taken()).isEmpty();
  }

  @Test
  void forgetsAStreamThatSomebodyElseHasClosed() {
    var _ = streams.serve(METHOD, ECHO, caller);

    caller.tellClosed();
    streams.drain();

    assertThat(streams.open()).isZero();
    assertThat(caller.failure()).isNull();
  }

  @Test
  void endsAllStreamsWhenTheNodeStops() {
    StreamObserver<String> stream = streams.serve(METHOD, ECHO, caller);
    ScriptedReader<String> late = new ScriptedReader<>();

    streams.drain();
    streams.drain();
    stream.onNext("1");
    var _ = streams.serve(METHOD, ECHO, late);

    assertThat(reason(caller)).isEqualTo("SERVICE_DRAINING");
    assertThat(caller.taken()).isEmpty();
    assertThat(reason(late)).isEqualTo("SERVICE_DRAINING");
    assertThat(late.requested()).isZero();
    assertThat(streams.open()).isZero();
  }

  @Test
  void answersTheChunkInWorkBeforeTheNodeStops() {
    StreamObserver<String> stream = streams.serve(METHOD, this::heldWork, caller);
    stream.onNext("1");
    Background<Boolean> next = send(stream, "2");
    Background<Boolean> draining =
        Background.start(() -> {
          streams.drain();
          return true;
        });
    Await.until("the first is in work", () -> begun.contains("1"));
    assertThat(caller.failure()).isNull();

    goOn.countDown();

    assertThat(draining.result()).isTrue();
    assertThat(next.result()).isTrue();
    assertThat(caller.taken()).startsWith("stored 1");
    assertThat(reason(caller)).isEqualTo("SERVICE_DRAINING");
  }

  @Test
  void endsAStreamWhoseCallerFallsSilent() {
    try (ChunkStreams impatient = streams(Duration.ofMillis(20))) {
      StreamObserver<String> stream = impatient.serve(METHOD, ECHO, caller);
      Await.until("the stream ends", () -> caller.failure() != null);

      stream.onNext("1");

      assertThat(reason(caller)).isEqualTo("REQUEST_TOO_SLOW");
      assertThat(caller.taken()).isEmpty();
      assertThat(impatient.open()).isZero();
    }
  }

  @Test
  void takesNoWorkThatLastsForSilence() {
    try (ChunkStreams impatient = streams(Duration.ofMillis(20))) {
      StreamObserver<String> stream = impatient.serve(METHOD, this::heldWork, caller);
      stream.onNext("1");
      ScriptedReader<String> other = new ScriptedReader<>();
      var _ = impatient.serve(METHOD, ECHO, other);
      Await.until("another stream was silent for as long", () -> other.failure() != null);
      assertThat(caller.failure()).isNull();

      goOn.countDown();

      Await.until("it is silent after its answer", () -> caller.failure() != null);
      assertThat(caller.taken()).containsExactly("stored 1");
      assertThat(reason(caller)).isEqualTo("REQUEST_TOO_SLOW");
    }
  }

  private Supplier<Optional<String>> heldWork(String chunk) {
    return () -> {
      begun.add(chunk);
      try {
        assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return Optional.of("stored " + chunk);
    };
  }

  private static Background<Boolean> send(StreamObserver<String> stream, String chunk) {
    return Background.start(() -> {
      stream.onNext(chunk);
      return true;
    });
  }

  private static ChunkStreams streams(Duration longestSilence) {
    return new ChunkStreams(
        longestSilence,
        new ErrorInterceptor(new Incidents(() -> "incident-1")),
        new Tenants(new InMemoryTenancy()));
  }

  private static String reason(ScriptedReader<String> ended) {
    return Refusals.reason((StatusRuntimeException) Objects.requireNonNull(ended.failure()));
  }
}
