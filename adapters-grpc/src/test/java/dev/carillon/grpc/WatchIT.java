package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import dev.carillon.application.fixture.Await;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WatchIT {
  private static final int SMALLEST_WINDOW = 65_535;

  @AutoClose
  private final House house =
      House.open(
          new GrpcConfig(
              "127.0.0.1",
              0,
              null,
              1 << 20,
              16 << 10,
              GrpcConfig.Connections.DEFAULTS,
              GrpcConfig.Load.DEFAULTS,
              new GrpcConfig.Streams(Duration.ofMillis(250), Duration.ofMillis(1))));

  private final String bulkId = create();
  private final JobId job = found().id();

  @Test
  void showsASnapshotThenChangesThenTheEndThenOk() {
    Reader<WatchBulkJobResponse> reader =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Await.until("the snapshot", () -> !reader.taken.isEmpty());

    move(JobTransition.BEGIN);
    Await.until("the change", () -> reader.taken.stream().anyMatch(e -> e.hasProgress()));
    cancelJob();
    Await.until("OK", reader::isCompleted);

    List<WatchBulkJobResponse> news =
        reader.taken.stream().filter(event -> !event.hasHeartbeat()).toList();
    assertThat(news.getFirst().getSnapshot().getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    assertThat(news.get(1).getProgress().getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PROCESSING);
    assertThat(news.getLast().getEnd().getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_CANCELLED);
    assertThat(news.getLast().getEnd().getBulkJob().getCounters().getCancelled()).isEqualTo(2);
    assertThat(news)
        .allSatisfy(event -> assertThat(event.getEventTime().getSeconds()).isPositive());
    Await.until("nobody watches", () -> house.hub.watchers() == 0);
  }

  @Test
  void showsAnEndedJobAtOnce() {
    cancelJob();

    Reader<WatchBulkJobResponse> reader =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());

    Await.until("OK", reader::isCompleted);
    assertThat(reader.taken).hasSize(2);
    assertThat(reader.taken.getFirst().hasSnapshot()).isTrue();
    assertThat(reader.taken.getLast().hasEnd()).isTrue();
  }

  @Test
  void givesASignOfLifeWhenNothingHappens() {
    Reader<WatchBulkJobResponse> reader =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());

    Await.until(
        "two heartbeats",
        () -> reader.taken.stream().filter(event -> event.hasHeartbeat()).count() >= 2);

    assertThat(reader.taken.getFirst().hasSnapshot()).isTrue();
    assertThat(reader.taken.stream().skip(1)).allMatch(WatchBulkJobResponse::hasHeartbeat);
  }

  @Test
  void goesOnAfterABreakWithoutTheSnapshot() {
    Reader<WatchBulkJobResponse> first =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Await.until("the snapshot", () -> !first.taken.isEmpty());
    String token = first.taken.getFirst().getResumeToken();
    first.cancel();

    Reader<WatchBulkJobResponse> second =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().setResumeToken(token).build());
    Await.until("a heartbeat", () -> !second.taken.isEmpty());
    cancelJob();
    Await.until("OK", second::isCompleted);

    assertThat(second.taken).noneMatch(WatchBulkJobResponse::hasSnapshot);
    assertThat(hasEnded(second)).isTrue();
  }

  @Test
  void refusesATokenOfAnotherJob() {
    Reader<WatchBulkJobResponse> reader =
        Reader.eager(
            stub(house.channel())::watchBulkJob,
            watch().setResumeToken(ResumeTokens.of(create(), 1)).build());

    Await.until("a refusal", reader::isRefused);
    assertThat(Refusals.paths(reader.refusal())).containsExactly("resume_token");
    assertThat(house.hub.watchers()).isZero();
  }

  @Test
  void skipsWhatASlowReaderMissedAndStillTellsItTheEnd() throws InterruptedException {
    int changes = 600;
    ManagedChannel narrow =
        NettyChannelBuilder.forAddress("127.0.0.1", house.port)
            .usePlaintext()
            .flowControlWindow(SMALLEST_WINDOW)
            .build();
    Reader<WatchBulkJobResponse> fast =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Reader<WatchBulkJobResponse> slow = Reader.lazy(stub(narrow)::watchBulkJob, watch().build());
    Await.until("both watch", () -> house.hub.watchers() == 2 && !fast.taken.isEmpty());

    move(JobTransition.BEGIN);
    for (int i = 0; i < changes; i++) {
      move(i % 2 == 0 ? JobTransition.PAUSE : JobTransition.RESUME);
      String latest = ResumeTokens.of(bulkId, found().version());
      Await.until(
          "the fast reader has it", () -> fast.taken.getLast().getResumeToken().equals(latest));
    }
    cancelJob();
    Await.until("the fast reader's end", fast::isCompleted);
    assertThat(slow.taken).isEmpty();
    slow.read(Integer.MAX_VALUE);
    Await.until("the slow reader's end", slow::isCompleted);

    long fastNews = fast.taken.stream().filter(event -> event.hasProgress()).count();
    long slowNews = slow.taken.stream().filter(event -> event.hasProgress()).count();
    assertThat(fastNews).isGreaterThanOrEqualTo(changes);
    assertThat(slowNews).isLessThan(changes / 2);
    assertThat(hasEnded(slow)).isTrue();
    assertThat(slow.taken.getLast().getEnd()).isEqualTo(fast.taken.getLast().getEnd());
    narrow.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void endsAtOnceWhenTheReaderCancelsOrItsDeadlineIsOver() {
    Reader<WatchBulkJobResponse> cancelled =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Reader<WatchBulkJobResponse> late =
        Reader.eager(
            stub(house.channel()).withDeadlineAfter(300, TimeUnit.MILLISECONDS)::watchBulkJob,
            watch().build());
    Await.until("both watch", () -> house.hub.watchers() == 2);

    cancelled.cancel();

    Await.until("nobody watches", () -> house.hub.watchers() == 0);
    Await.until("the deadline", late::isRefused);
    assertThat(late.refusal().getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void sendsItsReadersToAnotherNodeWhenItStops() throws InterruptedException {
    Reader<WatchBulkJobResponse> reader =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Await.until("the snapshot", () -> !reader.taken.isEmpty());

    assertThat(house.server.stop(Duration.ofSeconds(20))).isTrue();

    Await.until("the refusal", reader::isRefused);
    assertThat(reader.refusal().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(Refusals.detail(reader.refusal(), RetryInfo.class).hasRetryDelay()).isTrue();
    assertThat(house.hub.watchers()).isZero();
  }

  @Test
  void goesOnAtAnotherNodeByTheTokenOfTheStoppedOneAndMissesNothing() throws InterruptedException {
    Reader<WatchBulkJobResponse> first =
        Reader.eager(stub(house.channel())::watchBulkJob, watch().build());
    Await.until("the snapshot", () -> !first.taken.isEmpty());
    assertThat(house.server.stop(Duration.ofSeconds(20))).isTrue();
    Await.until("the refusal", first::isRefused);
    String token = first.taken.getLast().getResumeToken();

    move(JobTransition.BEGIN);
    House other = house.node(House.config(GrpcConfig.Load.DEFAULTS));
    Reader<WatchBulkJobResponse> second =
        Reader.eager(stub(other.channel())::watchBulkJob, watch().setResumeToken(token).build());
    Await.until("what changed between the nodes", () -> !second.taken.isEmpty());
    cancelAt(other);
    Await.until("OK", second::isCompleted);
    other.close();

    assertThat(first.refusal().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(second.taken.getFirst().getSnapshot().getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PROCESSING);
    assertThat(hasEnded(second)).isTrue();
  }

  @Test
  void letsAThousandWatchersOfOneConnectionSeeTheEndWithinASecond() {
    BulkJobServiceGrpc.BulkJobServiceStub stub = stub(house.channel());
    List<Reader<WatchBulkJobResponse>> readers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      readers.add(Reader.eager(stub::watchBulkJob, watch().build()));
    }
    Await.until(
        "all have begun", () -> readers.stream().noneMatch(reader -> reader.taken.isEmpty()));

    cancelJob();
    long cancelled = System.nanoTime();
    Await.until("all have ended", () -> readers.stream().allMatch(Reader::isCompleted));
    Duration took = Duration.ofNanos(System.nanoTime() - cancelled);

    assertThat(readers).allMatch(WatchIT::hasEnded);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
  }

  private String create() {
    return house
        .jobs()
        .createBulkJob(
            CreateBulkJobRequest.newBuilder()
                .setSms(SmsContent.newBuilder().setText("hello"))
                .addTo("0771234567")
                .addTo("0771234568")
                .build())
        .getBulkJob()
        .getBulkId();
  }

  private BulkJob found() {
    return house
        .store
        .jobs()
        .find(House.CALLER.scope(), BulkId.parse(bulkId).orElseThrow())
        .orElseThrow();
  }

  private void move(JobTransition transition) {
    house.store.run(() -> house.store.jobs().move(job, transition, null, House.NOW));
    house.changed(job);
  }

  private void cancelJob() {
    cancelAt(house);
  }

  private void cancelAt(House node) {
    node.jobs().cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(bulkId).build());
  }

  private WatchBulkJobRequest.Builder watch() {
    return WatchBulkJobRequest.newBuilder().setBulkId(bulkId);
  }

  private static BulkJobServiceGrpc.BulkJobServiceStub stub(ManagedChannel channel) {
    return House.asCaller(BulkJobServiceGrpc.newStub(channel));
  }

  private static boolean hasEnded(Reader<WatchBulkJobResponse> reader) {
    return !reader.taken.isEmpty() && reader.taken.getLast().hasEnd();
  }
}
