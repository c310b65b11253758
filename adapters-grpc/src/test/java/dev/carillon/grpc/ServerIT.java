package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.GetMessageRequest;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.ListBulkJobsResponse;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListMessagesResponse;
import dev.carillon.v1.MessageStatus;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WatchBulkJobRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ServerIT {
  private static final String CREATE =
      BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName();
  private static final String UNKNOWN_ID = "0197a1b2-0000-7000-8000-00000000ffff";

  @AutoClose private final House house = House.open();

  @Test
  void acceptsAJobAndShowsItAndItsMessages() {
    CreateBulkJobResponse created =
        house
            .jobs()
            .createBulkJob(
                sms()
                    .addEntries(BulkJobEntry.newBuilder().setTo("0771234567").setClientRef("r-1"))
                    .addEntries(BulkJobEntry.newBuilder().setTo("12"))
                    .addEntries(BulkJobEntry.newBuilder().setTo("+263771234567"))
                    .build());

    BulkJob job = created.getBulkJob();
    assertThat(job.getName()).isEqualTo("SMS to 3 recipients");
    assertThat(job.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING);
    assertThat(job.getCounters().getTotal()).isEqualTo(3);
    assertThat(job.getCounters().getAccepted()).isEqualTo(1);
    assertThat(created.getRejectedEntriesList())
        .extracting(entry -> entry.getPath() + " " + entry.getReason())
        .containsExactly("entries[1].to INVALID_DESTINATION", "entries[2].to DUPLICATE");
    assertThat(
            house
                .jobs()
                .getBulkJob(GetBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build())
                .getBulkJob()
                .getCounters())
        .isEqualTo(job.getCounters());
    ListMessagesResponse messages =
        house
            .messages()
            .listMessages(
                ListMessagesRequest.newBuilder()
                    .setBulkId(job.getBulkId())
                    .addStatuses(MessageStatus.MESSAGE_STATUS_PENDING)
                    .build());
    assertThat(messages.getTotalSize()).isEqualTo(1);
    assertThat(
            house
                .messages()
                .getMessage(
                    GetMessageRequest.newBuilder().setId(messages.getMessages(0).getId()).build())
                .getMessage())
        .isEqualTo(messages.getMessages(0))
        .satisfies(message -> assertThat(message.getAddress()).isEqualTo("+263771234567"))
        .satisfies(message -> assertThat(message.getClientRef()).isEqualTo("r-1"));
  }

  @Test
  void listsPageByPage() {
    for (int i = 0; i < 5; i++) {
      house.jobs().createBulkJob(sms().setName("job " + i).addTo("0771234567").build());
    }
    ListBulkJobsRequest first = ListBulkJobsRequest.newBuilder().setPageSize(2).build();

    ListBulkJobsResponse one = house.jobs().listBulkJobs(first);
    ListBulkJobsResponse two =
        house.jobs().listBulkJobs(first.toBuilder().setPageToken(one.getNextPageToken()).build());
    ListBulkJobsResponse three =
        house
            .jobs()
            .listBulkJobs(
                first.toBuilder().setPageToken(two.getNextPageToken()).setPageSize(3).build());

    assertThat(List.of(one, two, three))
        .flatExtracting(ListBulkJobsResponse::getBulkJobsList)
        .extracting(job -> job.getName())
        .containsExactly("job 4", "job 3", "job 2", "job 1", "job 0");
    assertThat(three.getNextPageToken()).isEmpty();
    assertThat(three.getTotalSize()).isEqualTo(5);
    StatusRuntimeException otherFilter =
        Refusals.of(() ->
            house
                .jobs()
                .listBulkJobs(
                    first.toBuilder()
                        .setPageToken(one.getNextPageToken())
                        .addErrorReasons("SYSTEM_ERROR")
                        .build()));
    assertThat(Refusals.paths(otherFilter)).containsExactly("page_token");
  }

  @Test
  void refusesFiltersThatDoNotExist() {
    StatusRuntimeException refusal =
        Refusals.of(() ->
            house
                .jobs()
                .listBulkJobs(
                    ListBulkJobsRequest.newBuilder()
                        .addStatuses(BulkJobStatus.BULK_JOB_STATUS_UNSPECIFIED)
                        .addErrorReasons("NO_SUCH")
                        .build()));

    assertThat(Refusals.paths(refusal)).containsExactly("statuses[0]", "error_reasons[0]");
  }

  @Test
  void cancelsAJobAndSaysWhatWasStopped() {
    String id =
        house
            .jobs()
            .createBulkJob(sms().addTo("0771234567").addTo("0771234568").build())
            .getBulkJob()
            .getBulkId();

    var cancelled =
        house.jobs().cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(id).build());

    assertThat(cancelled.getCancelledCount()).isEqualTo(2);
    assertThat(cancelled.getHandedOverCount()).isZero();
    assertThat(cancelled.getBulkJob().getStatus())
        .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_CANCELLED);
  }

  @ParameterizedTest
  @MethodSource("dev.carillon.grpc.DomainErrors#rows")
  void tellsEveryRefusalOverTheWire(DomainErrors.Row row) {
    house.knowledge.interference =
        () -> {
          throw new DomainException(row.error());
        };

    StatusRuntimeException refusal =
        Refusals.of(() -> house.jobs().createBulkJob(sms().addTo("0771234567").build()));

    assertThat(refusal.getStatus().getCode()).isEqualTo(row.code());
    assertThat(Refusals.reason(refusal)).isEqualTo(row.reason());
    row.details().forEach(type -> assertThat(Refusals.detail(refusal, type)).isNotNull());
  }

  @Test
  void pointsAtTheRecipientsInTheWayTheyWereGiven() {
    StatusRuntimeException to =
        Refusals.of(() -> house.jobs().createBulkJob(sms().addTo("12").addTo("").build()));
    StatusRuntimeException entries =
        Refusals.of(() ->
            house
                .jobs()
                .createBulkJob(sms().addEntries(BulkJobEntry.newBuilder().setTo("12")).build()));
    StatusRuntimeException none = Refusals.of(() -> house.jobs().createBulkJob(sms().build()));

    assertThat(Refusals.reason(to)).isEqualTo("NO_VALID_RECIPIENTS");
    assertThat(Refusals.paths(to)).containsExactly("to[0]", "to[1]");
    assertThat(Refusals.paths(entries)).containsExactly("entries[0].to");
    assertThat(Refusals.paths(none)).containsExactly("entries");
  }

  @Test
  void tellsAnIncidentByItsIdAndNothingElse() {
    house.knowledge.interference =
        () -> {
          throw new IllegalStateException("secret of +263771234567");
        };

    StatusRuntimeException refusal =
        Refusals.of(() -> house.jobs().createBulkJob(sms().addTo("0771234567").build()));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(Refusals.reason(refusal)).isEqualTo("INTERNAL");
    String id = Refusals.info(refusal).getMetadataOrThrow("incident_id");
    assertThat(refusal.getStatus().getDescription()).contains(id);
    assertThat(Refusals.status(refusal).toString()).doesNotContain("secret", "263771234567");
  }

  @Test
  void answersAnErrorOfTheMachineAsAnIncidentToo() {
    house.knowledge.interference =
        () -> {
          throw new StackOverflowError();
        };

    StatusRuntimeException refusal =
        Refusals.of(() -> house.jobs().createBulkJob(sms().addTo("0771234567").build()));

    assertThat(Refusals.reason(refusal)).isEqualTo("INTERNAL");
  }

  @Test
  void refusesAStrangersJobAsOneThatDoesNotExist() {
    String id =
        house.jobs().createBulkJob(sms().addTo("0771234567").build()).getBulkJob().getBulkId();
    BulkJobServiceGrpc.BulkJobServiceBlockingStub stranger = stub("x-api-key", House.STRANGERS_KEY);

    for (String asked : List.of(id, UNKNOWN_ID, "no id")) {
      GetBulkJobRequest get = GetBulkJobRequest.newBuilder().setBulkId(asked).build();
      CancelBulkJobRequest cancel = CancelBulkJobRequest.newBuilder().setBulkId(asked).build();
      WatchBulkJobRequest watch = WatchBulkJobRequest.newBuilder().setBulkId(asked).build();
      assertThat(
              List.of(
                  Refusals.of(() -> stranger.getBulkJob(get)),
                  Refusals.of(() -> stranger.cancelBulkJob(cancel)),
                  Refusals.of(() -> stranger.watchBulkJob(watch).next())))
          .allSatisfy(refusal -> {
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(Refusals.reason(refusal)).isEqualTo("BULK_JOB_NOT_FOUND");
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-api-key, sk_test_house",
    "x-ping-api-key, sk_test_house",
    "authorization, Bearer sk_test_house",
    "authorization, bearer  sk_test_house",
  })
  void takesTheKeyInEveryHeaderOfTheSeeds(String name, String value) {
    assertThat(stub(name, value).listBulkJobs(ListBulkJobsRequest.getDefaultInstance()))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "x-other, nothing",
    "x-api-key, sk_test_wrong",
    "x-api-key, ''",
    "authorization, Basic sk_test_house",
    "authorization, sk_test_house",
    "authorization, Bearer",
    "x-ping-api-key, sk_test_wrong",
  })
  void refusesACallWithoutALivingKey(String name, String value) {
    assertRefusedCredentials(stub(name, value));
  }

  @Test
  void refusesClaimsThatDoNotAgreeWithTheKey() {
    assertThat(
            house
                .jobs()
                .withInterceptors(House.with("user-type", "user"), House.with("x-business-id", "1"))
                .listBulkJobs(ListBulkJobsRequest.getDefaultInstance()))
        .isNotNull();
    assertRefusedCredentials(house.jobs().withInterceptors(House.with("user-type", "root")));
    assertRefusedCredentials(house.jobs().withInterceptors(House.with("user-type", "adminuser")));
    assertRefusedCredentials(
        house
            .jobs()
            .withInterceptors(House.with("x-business-id", "1"), House.with("x-business-id", "2")));
    assertRefusedCredentials(house.jobs().withInterceptors(House.with("x-business-id", "2")));
    assertRefusedCredentials(house.jobs().withInterceptors(House.with("x-business-id", "one")));
    assertRefusedCredentials(
        house.jobs().withInterceptors(House.with("x-ping-api-key", House.STRANGERS_KEY)));
  }

  @Test
  void refusesBytesThatAreNoMessage() {
    byte[] request = sms().addTo("0771234567").build().toByteArray();
    byte[] cut = Arrays.copyOf(request, request.length - 1);
    byte[] badUtf8 =
        sms().addTo("0771234567x").setNameBytes(ByteString.EMPTY).build().toByteArray();
    badUtf8[badUtf8.length - 1] = (byte) 0xFF;

    for (byte[] bytes : List.of(cut, badUtf8, new byte[] {(byte) 0xFF}, new byte[] {0x07})) {
      StatusRuntimeException refusal =
          Refusals.of(() -> RawCalls.call(keyed(), CREATE, bytes, CallOptions.DEFAULT));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_REQUEST");
    }
    assertThat(house.jobCount()).isZero();
  }

  @Test
  void refusesMoreBytesThanItTakes() {
    String text = "x".repeat(2 << 20);
    CreateBulkJobRequest large = sms().addTo("0771234567").setName(text).build();
    BulkJobServiceGrpc.BulkJobServiceBlockingStub plain =
        BulkJobServiceGrpc.newBlockingStub(house.channel())
            .withInterceptors(House.with("x-api-key", House.KEY));

    StatusRuntimeException sent = Refusals.of(() -> plain.createBulkJob(large));
    StatusRuntimeException packed =
        Refusals.of(() -> house.jobs().withCompression("gzip").createBulkJob(large));

    assertThat(sent.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(packed.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Refusals.reason(packed)).isEqualTo("REQUEST_TOO_LARGE");
    assertThat(house.jobCount()).isZero();
  }

  @Test
  void refusesMoreRecipientsThanAJobMayHaveBeforeItDecodesThem() {
    CreateBulkJobRequest.Builder entries = sms();
    CreateBulkJobRequest.Builder addresses = sms();
    for (int i = 0; i < 50_001; i++) {
      entries.addEntries(BulkJobEntry.getDefaultInstance());
      addresses.addTo("0771234567");
    }

    for (CreateBulkJobRequest.Builder request : List.of(entries, addresses)) {
      StatusRuntimeException refusal =
          Refusals.of(() -> house.jobs().createBulkJob(request.build()));
      assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_FIELD");
      assertThat(Refusals.paths(refusal))
          .containsExactly(request.getToCount() > 0 ? "to" : "entries");
      assertThat(refusal.getStatus().getDescription()).contains("50000", "50001");
    }
    addresses.clearTo().addTo("0771234567");
    assertThat(house.jobs().createBulkJob(addresses.build()).hasBulkJob()).isTrue();
  }

  @Test
  void refusesMethodsThatDoNotExist() {
    for (String method :
        List.of("carillon.v1.BulkJobService/Nothing", "carillon.v1.Nothing/Nothing", "x/y")) {
      StatusRuntimeException refusal =
          Refusals.of(() -> RawCalls.call(keyed(), method, new byte[0], CallOptions.DEFAULT));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(Refusals.reason(refusal)).isEqualTo("METHOD_NOT_FOUND");
    }
  }

  @Test
  void leavesNothingBehindWhenTheDeadlineWasOver() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    house.knowledge.interference = reached::countDown;
    BulkJobServiceGrpc.BulkJobServiceBlockingStub plain =
        BulkJobServiceGrpc.newBlockingStub(house.channel());

    // The client's own clock must not end the call first, so the deadline is written by hand.
    StatusRuntimeException refusal =
        Refusals.of(() ->
            plain
                .withInterceptors(
                    House.with("x-api-key", House.KEY), House.with("grpc-timeout", "1n"))
                .createBulkJob(sms().addTo("0771234567").build()));

    assertThat(refusal.getStatus().getCode())
        .isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);
    house.jobs().listBulkJobs(ListBulkJobsRequest.getDefaultInstance());
    assertThat(reached.await(50, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(house.jobCount()).isZero();
  }

  @Test
  void saysThatItServesAndThenThatItStops() throws InterruptedException {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(house.channel());
    for (String service :
        List.of(
            "",
            "carillon.v1.AdminService",
            "carillon.v1.BulkJobService",
            "carillon.v1.MessageService")) {
      assertThat(
              health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
    StatusRuntimeException unknown =
        Refusals.of(() ->
            health
                .withInterceptors(new ErrorInfoRequired())
                .check(HealthCheckRequest.newBuilder().setService("x").build()));
    assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(house.server.stop(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void tellsTheReadersOfItsHealthThatItStopsAndEndsTheirWatches() throws InterruptedException {
    HealthGrpc.HealthBlockingStub health =
        HealthGrpc.newBlockingStub(house.channel()).withInterceptors(new ErrorInfoRequired());
    List<Iterator<HealthCheckResponse>> told =
        Stream.of("", "carillon.v1.BulkJobService", "carillon.v1.BulkJobService")
            .map(service -> HealthCheckRequest.newBuilder().setService(service).build())
            .map(health::watch)
            .toList();
    assertThat(told)
        .allSatisfy(watch -> assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING));

    Background<Boolean> stop = Background.start(() -> house.server.stop(Duration.ofSeconds(20)));

    for (Iterator<HealthCheckResponse> watch : told) {
      assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      StatusRuntimeException end = Refusals.of(watch::next);
      assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(Refusals.reason(end)).isEqualTo("SERVICE_DRAINING");
    }
    assertThat(stop.result()).isTrue();
  }

  @Test
  void letsARunningCallFinishWhenItStops() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    house.knowledge.interference =
        () -> {
          running.countDown();
          await(goOn);
        };
    Background<CreateBulkJobResponse> call =
        Background.start(() -> house.jobs().createBulkJob(sms().addTo("0771234567").build()));
    await(running);

    Background<Boolean> stop = Background.start(() -> house.server.stop(Duration.ofSeconds(20)));
    goOn.countDown();

    assertThat(call.result().getBulkJob().getBulkId()).isNotEmpty();
    assertThat(stop.result()).isTrue();
  }

  @Test
  void showsItsServicesByReflection() {
    assertThat(Reflection.servicesV1(house.channel()))
        .contains(
            "carillon.v1.AdminService",
            "carillon.v1.BulkJobService",
            "carillon.v1.MessageService",
            "grpc.health.v1.Health");
    assertThat(Reflection.servicesV1Alpha(house.channel()))
        .contains("carillon.v1.BulkJobService", "carillon.v1.MessageService");
    assertThat(Reflection.hasFileOf(house.channel(), "carillon.v1.BulkJobService")).isTrue();
  }

  private Channel keyed() {
    return ClientInterceptors.intercept(
        house.channel(), House.with("x-api-key", House.KEY), new ErrorInfoRequired());
  }

  private BulkJobServiceGrpc.BulkJobServiceBlockingStub stub(String name, String value) {
    return BulkJobServiceGrpc.newBlockingStub(house.channel())
        .withInterceptors(House.with(name, value), new ErrorInfoRequired());
  }

  private static void assertRefusedCredentials(BulkJobServiceGrpc.BulkJobServiceBlockingStub stub) {
    StatusRuntimeException refusal =
        Refusals.of(() -> stub.listBulkJobs(ListBulkJobsRequest.getDefaultInstance()));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Refusals.reason(refusal)).isEqualTo("INVALID_CREDENTIALS");
    assertThat(Refusals.status(refusal).toString()).doesNotContain("sk_test");
  }

  private static CreateBulkJobRequest.Builder sms() {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setText("hello").setSender("ACME"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).as("waited in vain").isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
