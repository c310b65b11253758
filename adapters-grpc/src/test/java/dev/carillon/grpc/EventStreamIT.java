package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.carillon.application.fixture.Await;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.v1.EventServiceGrpc;
import dev.carillon.v1.StreamEventsRequest;
import dev.carillon.v1.StreamEventsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// StreamEvents as readers meet it, over network connections.
@Timeout(120)
final class EventStreamIT {
  private static final int MOST = 3;
  private static final StreamEventsRequest FROM_NOW =
      StreamEventsRequest.newBuilder()
          .setFromNow(true)
          .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder().setSeconds(1))
          .build();

  private final House house = House.open(config(GrpcConfig.Streams.DEFAULTS.patience()));

  @AfterEach
  void close() throws InterruptedException {
    house.close();
  }

  @Test
  void refusesMoreStreamsThanABusinessMayHaveAndSaysWhy() {
    List<EventReader> open =
        Stream.generate(() -> EventReader.eager(house.channel(), FROM_NOW)).limit(MOST).toList();
    Await.until("all are served", () -> open.stream().noneMatch(one -> one.taken.isEmpty()));

    EventReader refused = EventReader.eager(house.channel(), FROM_NOW);
    Await.until("a refusal", refused::isRefused);

    StatusRuntimeException refusal = refused.refusal();
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Refusals.reason(refusal)).isEqualTo("QUOTA_EXCEEDED");
    assertThat(Refusals.detail(refusal, QuotaFailure.class).getViolationsList())
        .singleElement()
        .satisfies(quota -> assertThat(quota.getSubject()).contains(MOST + " event streams"));
    assertThat(Refusals.detail(refusal, RetryInfo.class).getRetryDelay().getSeconds()).isPositive();
    assertThat(refused.taken).isEmpty();

    EventReader stranger = EventReader.eager(house.channel(), FROM_NOW, House.STRANGERS_KEY);
    Await.until("another business is served", () -> !stranger.taken.isEmpty());
    assertThat(open).noneMatch(EventReader::isRefused);
  }

  @Test
  void hasRoomAgainOnceAReaderHasGoneAwayHoweverItWent() throws InterruptedException {
    ManagedChannel dying = house.channel();
    List<EventReader> open =
        List.of(
            EventReader.eager(house.channel(), FROM_NOW),
            EventReader.eager(house.channel(), FROM_NOW),
            EventReader.eager(dying, FROM_NOW));
    Await.until("all are served", () -> open.stream().noneMatch(one -> one.taken.isEmpty()));

    open.getFirst().cancel();
    dying.shutdownNow();

    Await.until("a place", () -> isServed(EventReader.eager(house.channel(), FROM_NOW)));
    Await.until("another one", () -> isServed(EventReader.eager(house.channel(), FROM_NOW)));
    assertThat(isServed(EventReader.eager(house.channel(), FROM_NOW))).isFalse();
  }

  /// What happened before is not told, what happens as soon as the first message is there is.
  @Test
  void tellsFromNowOnWhatHappensAndNothingThatHappenedBefore() {
    tell(House.CALLER.scope(), 7);
    EventReader reader = EventReader.eager(house.channel(), FROM_NOW);
    Await.until("the cursor", () -> !reader.taken.isEmpty());
    StreamEventsResponse first = reader.taken.getFirst();
    tell(House.CALLER.scope(), 2);
    Await.until("both events", () -> reader.events().size() == 2);

    EventReader again =
        EventReader.eager(
            house.channel(), StreamEventsRequest.newBuilder().setCursor(first.getCursor()).build());
    Await.until("both events", () -> again.events().size() == 2);
    EventReader all = EventReader.eager(house.channel(), StreamEventsRequest.getDefaultInstance());
    Await.until("all events", () -> all.events().size() == 9);

    assertThat(first.hasEvent()).isFalse();
    assertThat(again.events()).isEqualTo(reader.events());
    assertThat(all.events().subList(7, 9)).isEqualTo(reader.events());
  }

  @Test
  void refusesFromNowTogetherWithACursor() {
    EventReader reader = EventReader.eager(house.channel(), FROM_NOW);
    Await.until("the cursor", () -> !reader.taken.isEmpty());

    EventReader refused =
        EventReader.eager(
            house.channel(),
            FROM_NOW.toBuilder().setCursor(reader.taken.getFirst().getCursor()).build());

    Await.until("a refusal", refused::isRefused);
    assertThat(refused.refusal().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Refusals.paths(refused.refusal())).containsExactly("from_now");
  }

  /// It is told so, after what it had been sent before, and its place is free for another.
  @Test
  void endsAStreamThatNobodyReadsAfterItsPatience() throws InterruptedException {
    House hasty = house.node(config(Duration.ofMillis(300)));
    try {
      List<EventReader> lazy =
          Stream.generate(() -> EventReader.lazy(hasty.channel(), FROM_NOW)).limit(MOST).toList();
      Await.until("all are served", () -> lazy.stream().noneMatch(one -> one.taken.isEmpty()));
      assertThat(isServed(EventReader.eager(hasty.channel(), FROM_NOW))).isFalse();
      // More than connections and their buffers take.
      tell(House.CALLER.scope(), 20_000);

      for (int i = 0; i < MOST; i++) {
        Await.until("room", () -> isServed(EventReader.eager(hasty.channel(), FROM_NOW)));
      }
      lazy.forEach(one -> one.read(Integer.MAX_VALUE));
      Await.until("their ends", () -> lazy.stream().allMatch(EventReader::isRefused));

      assertThat(lazy)
          .allSatisfy(one -> {
            assertThat(one.refusal().getStatus().getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(Refusals.reason(one.refusal())).isEqualTo("READER_TOO_SLOW");
            assertThat(one.taken.getFirst().hasEvent()).isFalse();
          });
    } finally {
      hasty.close();
    }
  }

  /// As event_service.proto has it.
  @Test
  void waitsFiveMinutesForAReader() {
    assertThat(GrpcConfig.Streams.DEFAULTS.patience()).isEqualTo(Duration.ofMinutes(5));
  }

  private static boolean isServed(EventReader reader) {
    Await.until("an answer", () -> reader.isRefused() || !reader.taken.isEmpty());
    return !reader.isRefused();
  }

  private void tell(Scope scope, int events) {
    for (int i = 0; i < events; i++) {
      house.store.run(() -> {
        var _ =
            house
                .store
                .outbox()
                .append(scope, EndpointEvent.test(new EndpointId(new UUID(1, 1)), House.NOW));
      });
    }
    house.store.events().number(events);
  }

  private static GrpcConfig config(Duration patience) {
    GrpcConfig usual = House.config(GrpcConfig.Load.DEFAULTS);
    return new GrpcConfig(
        usual.host(),
        usual.port(),
        usual.tls(),
        usual.maxMessageBytes(),
        usual.maxMetadataBytes(),
        usual.connections(),
        usual.load(),
        new GrpcConfig.Streams(Duration.ofSeconds(15), Duration.ofMillis(1), MOST, patience));
  }

  /// Reads a stream of events as fast as a test lets it.
  private static final class EventReader
      implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse> {
    private final List<StreamEventsResponse> taken = new CopyOnWriteArrayList<>();
    private final boolean lazy;
    private volatile @Nullable ClientCallStreamObserver<StreamEventsRequest> call;
    private volatile @Nullable StatusRuntimeException refusal;

    private EventReader(boolean lazy) {
      this.lazy = lazy;
    }

    static EventReader eager(ManagedChannel channel, StreamEventsRequest request) {
      return eager(channel, request, House.KEY);
    }

    static EventReader eager(ManagedChannel channel, StreamEventsRequest request, String key) {
      return new EventReader(false).over(channel, request, key);
    }

    /// Reads the first message, and no more before it is told to.
    static EventReader lazy(ManagedChannel channel, StreamEventsRequest request) {
      return new EventReader(true).over(channel, request, House.KEY);
    }

    private EventReader over(ManagedChannel channel, StreamEventsRequest request, String key) {
      EventServiceGrpc.newStub(channel)
          .withInterceptors(House.with("x-api-key", key), new ErrorInfoRequired())
          .streamEvents(request, this);
      return this;
    }

    void read(int messages) {
      Objects.requireNonNull(call).request(messages);
    }

    void cancel() {
      Objects.requireNonNull(call).cancel("the reader goes away", null);
    }

    List<dev.carillon.v1.Event> events() {
      return taken.stream()
          .filter(StreamEventsResponse::hasEvent)
          .map(StreamEventsResponse::getEvent)
          .toList();
    }

    boolean isRefused() {
      return refusal != null;
    }

    StatusRuntimeException refusal() {
      return Objects.requireNonNull(refusal);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamEventsRequest> stream) {
      call = stream;
      if (lazy) {
        stream.disableAutoRequestWithInitial(1);
      }
    }

    @Override
    public void onNext(StreamEventsResponse event) {
      taken.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      refusal = (StatusRuntimeException) failure;
    }

    @Override
    public void onCompleted() {}
  }
}
