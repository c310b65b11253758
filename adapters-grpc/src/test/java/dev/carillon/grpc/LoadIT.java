package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.SmsContent;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadIT {
  private static final Duration SOON = Duration.ofMillis(200);
  private static final CreateBulkJobRequest SUBMISSION =
      CreateBulkJobRequest.newBuilder()
          .setSms(SmsContent.newBuilder().setText("hello"))
          .addTo("0771234567")
          .build();

  private final House house =
      House.open(House.config(new GrpcConfig.Load(1, SOON, 1, SOON, SOON, 1)));
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void close() throws InterruptedException {
    goOn.countDown();
    house.close();
  }

  @Test
  void refusesASubmissionThatFindsNoRoomInTime() {
    Background<CreateBulkJobResponse> first = holdASubmission();

    StatusRuntimeException refusal = Refusals.of(() -> house.jobs().createBulkJob(SUBMISSION));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Refusals.reason(refusal)).isEqualTo("QUOTA_EXCEEDED");
    assertThat(refusal.getStatus().getDescription()).isEqualTo("used up: 1 submissions at a time");
    assertThat(Refusals.detail(refusal, RetryInfo.class).hasRetryDelay()).isTrue();
    goOn.countDown();
    assertThat(first.result().getBulkJob().getBulkId()).isNotEmpty();
    assertThat(house.jobs().createBulkJob(SUBMISSION).hasBulkJob()).isTrue();
  }

  @Test
  void keepsOtherCallsGoingWhileSubmissionsWait() {
    Background<CreateBulkJobResponse> first = holdASubmission();

    StatusRuntimeException unknown =
        Refusals.of(() ->
            house
                .jobs()
                .listBulkJobs(ListBulkJobsRequest.newBuilder().addErrorReasons("NO_SUCH").build()));

    assertThat(Refusals.reason(unknown)).isEqualTo("INVALID_FIELD");
    goOn.countDown();
    assertThat(first.result().hasBulkJob()).isTrue();
  }

  @Test
  void doesNothingForACallerWhoseDeadlineEndsWhileItWaits() {
    Background<CreateBulkJobResponse> first = holdASubmission();

    StatusRuntimeException refusal =
        Refusals.of(() ->
            BulkJobServiceGrpc.newBlockingStub(house.channel())
                .withInterceptors(House.with("x-api-key", House.KEY))
                .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                .createBulkJob(SUBMISSION));
    goOn.countDown();
    first.result();

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    house.jobs().createBulkJob(SUBMISSION);
    assertThat(begun).hasValue(2);
    assertThat(house.jobCount()).isEqualTo(2);
  }

  @Test
  void takesThePlaceOfACallerWhoSendsTooSlowly() {
    CompletableFuture<Status> closed = new CompletableFuture<>();
    CompletableFuture<Metadata> trailers = new CompletableFuture<>();
    ClientCall<byte[], byte[]> slow =
        ClientInterceptors.intercept(house.channel(), House.with("x-api-key", House.KEY))
            .newCall(
                RawCalls.descriptor(
                    BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName(),
                    MethodType.CLIENT_STREAMING),
                CallOptions.DEFAULT);
    slow.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata given) {
            trailers.complete(given);
            closed.complete(status);
          }
        },
        new Metadata());
    slow.request(1);

    Status status = closed.orTimeout(20, TimeUnit.SECONDS).join();

    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(Refusals.reason(status.asRuntimeException(trailers.join())))
        .isEqualTo("REQUEST_TOO_SLOW");
    assertThat(house.jobs().createBulkJob(SUBMISSION).hasBulkJob()).isTrue();
  }

  @Test
  void givesEveryPlaceBack() {
    for (int i = 0; i < 50; i++) {
      Refusals.of(() -> house.jobs().createBulkJob(CreateBulkJobRequest.getDefaultInstance()));
      Refusals.of(() ->
          RawCalls.call(
              ClientInterceptors.intercept(house.channel(), House.with("x-api-key", House.KEY)),
              BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName(),
              new byte[] {1},
              CallOptions.DEFAULT));
    }

    assertThat(house.jobs().createBulkJob(SUBMISSION).hasBulkJob()).isTrue();
  }

  private Background<CreateBulkJobResponse> holdASubmission() {
    house.knowledge.interference =
        () -> {
          if (begun.incrementAndGet() == 1) {
            waitUntilReleased();
          }
        };
    Background<CreateBulkJobResponse> call =
        Background.start(() -> house.jobs().createBulkJob(SUBMISSION));
    Await.until("the first submission is being handled", () -> begun.get() == 1);
    return call;
  }

  private void waitUntilReleased() {
    try {
      assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
