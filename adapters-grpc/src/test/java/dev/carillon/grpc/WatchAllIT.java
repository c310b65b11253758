package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.WatchBulkJobsRequest;
import dev.carillon.v1.WatchBulkJobsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WatchAllIT {
  private static final WatchBulkJobsRequest SHORT_HEARTBEAT =
      WatchBulkJobsRequest.newBuilder()
          .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder().setSeconds(1))
          .build();

  @AutoClose private final House house = House.open();

  @Test
  void tellsWhatIsUnderWayThenNewJobsAndEachEnd() {
    String first = house.newJob();
    Taker taker = Taker.of(house.channel(), WatchBulkJobsRequest.getDefaultInstance());
    Await.until("the snapshot", () -> taker.events.size() == 1);
    assertThat(taker.events.getFirst().getSnapshot().getBulkJob().getBulkId()).isEqualTo(first);

    String second = house.newJob();
    Await.until("the new job", () -> taker.hasProgress(second));
    cancel(house, first);
    Await.until("its end", () -> taker.hasEnd(first));
    cancel(house, second);
    Await.until("its end", () -> taker.hasEnd(second));

    assertThat(taker.refusal).isNull();
    assertThat(taker.events)
        .allSatisfy(event -> assertThat(event.getEventTime().getSeconds()).isPositive());
  }

  @Test
  void goesOnAtAnotherNodeWithEveryEndThatItMissed() throws InterruptedException {
    String ended = house.newJob();
    String ends = house.newJob();
    Taker taker = Taker.of(house.channel(), SHORT_HEARTBEAT);
    Await.until("the snapshots", () -> taker.events.size() == 2);
    String first = taker.token;
    cancel(house, ended);
    Await.until("the end", () -> taker.hasEnd(ended));
    Await.until("a token from after it", () -> !taker.token.equals(first));
    String token = taker.token;
    assertThat(house.server.stop(Duration.ofSeconds(20))).isTrue();
    Await.until("the refusal", () -> taker.refusal != null);
    assertThat(taker.refusal().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    House other = house.node(House.config(GrpcConfig.Load.DEFAULTS));
    cancel(other, ends);
    Taker on =
        Taker.of(other.channel(), WatchBulkJobsRequest.newBuilder().setResumeToken(token).build());

    Await.until("the end", () -> on.hasEnd(ends));
    assertThat(on.hasEnd(ended)).isFalse();
    other.close();
  }

  @Test
  void refusesATokenOfAnotherTenant() {
    house.newJob();
    Taker taker = Taker.of(house.channel(), WatchBulkJobsRequest.getDefaultInstance());
    Await.until("a token", () -> !taker.events.isEmpty());
    WatchBulkJobsRequest request =
        WatchBulkJobsRequest.newBuilder()
            .setResumeToken(taker.events.getFirst().getResumeToken())
            .build();

    Taker stranger = Taker.of(house.channel(), request, House.STRANGERS_KEY);

    Await.until("a refusal", () -> stranger.refusal != null);
    assertThat(Refusals.paths(stranger.refusal())).containsExactly("resume_token");
  }

  private static void cancel(House node, String bulkId) {
    node.jobs().cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(bulkId).build());
  }

  /// Takes all events but heartbeats.
  private static final class Taker implements StreamObserver<WatchBulkJobsResponse> {
    private final List<WatchBulkJobsResponse> events = new CopyOnWriteArrayList<>();
    private volatile String token = "";
    private volatile @Nullable Throwable refusal;

    static Taker of(ManagedChannel channel, WatchBulkJobsRequest request) {
      return of(channel, request, House.KEY);
    }

    static Taker of(ManagedChannel channel, WatchBulkJobsRequest request, String key) {
      Taker taker = new Taker();
      BulkJobServiceGrpc.newStub(channel)
          .withInterceptors(House.with("x-api-key", key))
          .watchBulkJobs(request, taker);
      return taker;
    }

    boolean hasProgress(String bulkId) {
      return events.stream()
          .anyMatch(event -> event.getProgress().getBulkJob().getBulkId().equals(bulkId));
    }

    boolean hasEnd(String bulkId) {
      return events.stream()
          .anyMatch(event -> event.getEnd().getBulkJob().getBulkId().equals(bulkId));
    }

    StatusRuntimeException refusal() {
      return (StatusRuntimeException) Objects.requireNonNull(refusal);
    }

    @Override
    public void onNext(WatchBulkJobsResponse event) {
      token = event.getResumeToken();
      if (!event.hasHeartbeat()) {
        events.add(event);
      }
    }

    @Override
    public void onError(Throwable failure) {
      refusal = failure;
    }

    @Override
    public void onCompleted() {}
  }
}
