package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.type.DayOfWeek;
import com.google.type.TimeOfDay;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.CreateBulkJobResponse;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.Priority;
import dev.carillon.v1.SendWindow;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.WaitReason;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class SubmissionIT {
  private static RunningCarillon carillon;

  @BeforeAll
  static void start() {
    carillon = RunningCarillon.with(Map.of());
  }

  @AfterAll
  static void stop() {
    carillon.close();
  }

  @Test
  void fiftyThousandEntriesWithTheirOwnTextsAreAccepted() {
    CreateBulkJobRequest.Builder request = personal(50_000);
    assertThat(request.build().getSerializedSize()).isGreaterThan(4 << 20);

    BulkJob job = carillon.client().create(request.setCount(50_000));

    assertThat(job.getCounters().getAccepted()).isEqualTo(50_000);
    assertThat(job.getName()).isEqualTo("SMS to 50000 recipients");
  }

  @Test
  void oneMoreIsRefusedByItsPath() throws Exception {
    long before = carillon.client().countJobs();

    Refusals refusal = Refusals.of(() -> carillon.client().create(personal(50_001)));

    assertThat(refusal.has(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD").fields())
        .containsExactly("entries");
    assertThat(carillon.client().countJobs()).isEqualTo(before);
  }

  @Test
  void nobodyAtAllIsRefused() throws Exception {
    Refusals.of(() -> carillon.client().create(Client.anSmsJobTo(0)))
        .has(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");
  }

  @Test
  void onlyInvalidOnesAreRefusedWithTheList() throws Exception {
    CreateBulkJobRequest.Builder request = Client.anSmsJobTo(0).addTo("12").addTo("").addTo("x");

    Refusals refusal = Refusals.of(() -> carillon.client().create(request));

    assertThat(refusal.has(Status.Code.INVALID_ARGUMENT, "NO_VALID_RECIPIENTS").fields())
        .containsExactly("to[0]", "to[1]", "to[2]");
  }

  @Test
  void aWrongCountIsRefused() throws Exception {
    Refusals refusal =
        Refusals.of(() -> carillon.client().create(Client.anSmsJobTo(3).setCount(4)));

    assertThat(refusal.has(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD").fields())
        .containsExactly("count");
  }

  @Test
  void bytesThatAreNoRequestAreTheCallersFault() throws Exception {
    byte[] nameThatIsNoUtf8 = {0x12, 0x02, (byte) 0xC3, 0x28};
    byte[] tornField = {0x12, 0x7F, 0x41};
    for (byte[] bytes : List.of(nameThatIsNoUtf8, tornField)) {
      Refusals refusal = Refusals.of(() -> createRaw(bytes));

      refusal.has(Status.Code.INVALID_ARGUMENT, "INVALID_REQUEST");
    }
  }

  @Test
  void aJobThatIsNotTheCallersAnswersLikeOneThatDoesNotExist() throws Exception {
    GetBulkJobRequest request =
        GetBulkJobRequest.newBuilder().setBulkId(UUID.randomUUID().toString()).build();

    Refusals.of(() -> carillon.client().jobs().getBulkJob(request))
        .has(Status.Code.NOT_FOUND, "BULK_JOB_NOT_FOUND");
  }

  @Test
  void aJobOutsideTheHoursOfItsRecipientsSaysWhenTheseBegin() {
    ZonedDateTime opens =
        ZonedDateTime.now(ZoneId.of("Africa/Harare")).truncatedTo(ChronoUnit.HOURS).plusHours(2);
    CreateBulkJobRequest.Builder request =
        Client.anSmsJobTo(0)
            .addTo("+263771234567")
            .setPriority(Priority.PRIORITY_URGENT)
            .setSendWindow(
                SendWindow.newBuilder()
                    .setFrom(TimeOfDay.newBuilder().setHours(opens.getHour()))
                    .setTo(TimeOfDay.newBuilder().setHours(opens.plusHours(1).getHour()))
                    .setFallbackTimeZone("Africa/Harare"));

    BulkJob job =
        carillon
            .client()
            .pollJob(
                carillon.client().create(request).getBulkId(),
                one -> one.getWaiting().getReason() == WaitReason.WAIT_REASON_SEND_WINDOW);

    assertThat(job.getWaiting().getUntil().getSeconds()).isEqualTo(opens.toEpochSecond());
  }

  @Test
  void hoursThatAreOverBeforeTheyBeginAreRefused() throws Exception {
    Instant soon = Instant.now().plusSeconds(3_600);
    DayOfWeek inFourDays =
        DayOfWeek.forNumber(LocalDate.now(ZoneOffset.UTC).plusDays(4).getDayOfWeek().getValue());
    CreateBulkJobRequest.Builder request =
        Client.anSmsJobTo(1)
            .setExpireTime(Timestamp.newBuilder().setSeconds(soon.getEpochSecond()))
            .setSendWindow(
                SendWindow.newBuilder().addDays(inFourDays).setFallbackTimeZone("Africa/Harare"));

    Refusals refusal = Refusals.of(() -> carillon.client().create(request));

    assertThat(refusal.has(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD").fields())
        .containsExactly("send_window");
  }

  @Test
  void aHundredCallersWithOneRequestIdMakeOneJobAndGetTheSameAnswer() throws Exception {
    String requestId = UUID.randomUUID().toString();
    CreateBulkJobRequest request = Client.anSmsJobTo(200).setRequestId(requestId).build();
    long before = carillon.client().countJobs();

    Callable<CreateBulkJobResponse> call = () -> carillon.client().jobs().createBulkJob(request);
    List<CreateBulkJobResponse> answers;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CreateBulkJobResponse>> calls =
          callers.invokeAll(IntStream.range(0, 100).mapToObj(_ -> call).toList());
      answers = calls.stream().map(Future::resultNow).toList();
    }

    assertThat(answers).hasSize(100).allMatch(answers.getFirst()::equals);
    assertThat(carillon.client().countJobs()).isEqualTo(before + 1);
    Refusals.of(() -> carillon.client().create(Client.anSmsJobTo(201).setRequestId(requestId)))
        .has(Status.Code.ALREADY_EXISTS, "REQUEST_ID_REUSED");
  }

  @Test
  void aDeadlineThatIsOverLeavesNothingBehind() {
    long before = carillon.client().countJobs();

    Status.Code code =
        org.assertj.core.api.Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    carillon
                        .client()
                        .jobs()
                        .withDeadlineAfter(1, TimeUnit.MILLISECONDS)
                        .createBulkJob(personal(20_000).build()))
            .getStatus()
            .getCode();

    assertThat(code).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(carillon.client().countJobs()).isEqualTo(before);
  }

  private static CreateBulkJobRequest.Builder personal(int recipients) {
    return CreateBulkJobRequest.newBuilder()
        .setSms(SmsContent.newBuilder().setSender("HOUSE"))
        .setDefaultRegion("ZW")
        .addAllEntries(Client.personalEntries(recipients));
  }

  private static void createRaw(byte[] bytes) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(BulkJobServiceGrpc.getCreateBulkJobMethod().getFullMethodName())
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(
            carillon.client().channel(),
            MetadataUtils.newAttachHeadersInterceptor(carillon.client().credential())),
        raw,
        CallOptions.DEFAULT,
        bytes);
  }

  /// Bytes as they are.
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
