package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateApiKeyResponse;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.Environment;
import dev.carillon.v1.ResumeBusinessRequest;
import dev.carillon.v1.SmsContent;
import dev.carillon.v1.StartBulkJobRequest;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.UserType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What operators do at one node while callers are at work at another.
@Timeout(180)
class OperatorsIT {
  private static final int CHUNK = 100;
  private static final int CALLERS = 8;

  private static EmbeddedPostgres postgres;
  private static RunningCarillon first;
  private static RunningCarillon second;
  private static Client operator;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"));
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    first = RunningCarillon.with(settings);
    second = RunningCarillon.with(settings);
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = new Client(first.port(), TestKeys.create(source, Role.OPERATOR));
    }
  }

  @AfterAll
  static void stop() {
    operator.close();
    first.close();
    second.close();
    postgres.close();
  }

  /// The stream that is open ends as a new one could not begin; what was acknowledged stays, and
  /// the upload goes on from there when its business may.
  @Test
  void aBusinessThatIsStoppedInTheMiddleOfAnUploadBringsNothingMore() throws Exception {
    try (Merchant merchant = Merchant.of(operator, first.port(), "stopped").at(second.port())) {
      BulkJob open =
          merchant
              .client()
              .create(
                  CreateBulkJobRequest.newBuilder()
                      .setSms(SmsContent.newBuilder().setText("Hello"))
                      .setDefaultRegion("ZW")
                      .setUpload(true));
      Acks acks = new Acks();
      StreamObserver<AddBulkJobRecipientsRequest> chunks = upload(merchant, acks);
      chunks.onNext(chunk(open, 1));
      Await.until("the first chunk", () -> acks.heard.size() == 1);

      admin()
          .stopBusiness(
              StopBusinessRequest.newBuilder()
                  .setBusinessId(open.getBusinessId())
                  .setReason("test")
                  .build());
      Await.until("the news at the other node", () -> isStopped(merchant));
      int before = acks.heard.size();
      chunks.onNext(chunk(open, 2));
      Await.until("the end of the stream", () -> acks.failure != null);

      assertThat(before).isEqualTo(1);
      assertThat(acks.heard).hasSize(1);
      assertRefused(acks.refusal());
      Refusals.of(() -> start(merchant, open))
          .has(Status.Code.FAILED_PRECONDITION, "BUSINESS_STOPPED");
      assertThat(merchant.client().get(open.getBulkId()).getNextSequence()).isEqualTo(2);
      assertThat(merchant.client().get(open.getBulkId()).getStatus())
          .isEqualTo(BulkJobStatus.BULK_JOB_STATUS_OPEN);

      admin()
          .resumeBusiness(
              ResumeBusinessRequest.newBuilder().setBusinessId(open.getBusinessId()).build());
      Await.until("the news at the other node", () -> !isStopped(merchant));
      Acks more = new Acks();
      upload(merchant, more).onNext(chunk(open, 2));
      Await.until("the second chunk", () -> more.heard.size() == 1);
      start(merchant, open);

      BulkJob ended = merchant.client().pollJob(open.getBulkId(), BulkJob::getDone);
      assertThat(ended.getCounters().getAccepted()).isEqualTo(2 * CHUNK);
      assertThat(ended.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
    }
  }

  /// All are told the same key, and no second try tells what opens it.
  @Test
  void ofAllWhoMakeTheSameKeyAtOnceOneIsToldItsSecret() throws Exception {
    try (Merchant merchant = Merchant.of(operator, first.port(), "keys")) {
      CreateApiKeyRequest request =
          CreateApiKeyRequest.newBuilder()
              .setBusinessId(merchant.client().create(Client.anSmsJobTo(1)).getBusinessId())
              .setEnvironment(Environment.ENVIRONMENT_TEST)
              .setUserType(UserType.USER_TYPE_USER)
              .setName("till")
              .setRequestId("the-same-key")
              .build();

      List<CreateApiKeyResponse> made = together(() -> admin().createApiKey(request));
      CreateApiKeyResponse later = admin().createApiKey(request);

      assertThat(made).extracting(CreateApiKeyResponse::getApiKey).containsOnly(later.getApiKey());
      assertThat(later.getSecret()).isEmpty();
      List<String> secrets =
          made.stream()
              .map(CreateApiKeyResponse::getSecret)
              .filter(secret -> !secret.isEmpty())
              .toList();
      assertThat(secrets).hasSize(1);
      assertThat(later.toString()).doesNotContain(secrets.getFirst());
      try (Client till = new Client(second.port(), secrets.getFirst())) {
        assertThat(till.countJobs()).isEqualTo(1);
      }
    }
  }

  private static List<CreateApiKeyResponse> together(
      java.util.concurrent.Callable<CreateApiKeyResponse> call) throws Exception {
    List<CreateApiKeyResponse> answers = new CopyOnWriteArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CreateApiKeyResponse> one :
          callers.invokeAll(IntStream.range(0, CALLERS).mapToObj(_ -> call).toList())) {
        answers.add(one.get());
      }
    }
    return answers;
  }

  private static AdminServiceBlockingStub admin() {
    return AdminServiceGrpc.newBlockingStub(operator.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(operator.credential()));
  }

  private static boolean isStopped(Merchant merchant) {
    try {
      merchant.client().create(Client.anSmsJobTo(1));
      return false;
    } catch (StatusRuntimeException refused) {
      assertRefused(refused);
      return true;
    }
  }

  private static void assertRefused(StatusRuntimeException refusal) {
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.getStatus().getDescription()).contains("stopped");
  }

  private static void start(Merchant merchant, BulkJob job) {
    var _ =
        merchant
            .client()
            .jobs()
            .startBulkJob(StartBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build());
  }

  private static StreamObserver<AddBulkJobRecipientsRequest> upload(Merchant merchant, Acks acks) {
    return BulkJobServiceGrpc.newStub(merchant.client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(merchant.client().credential()))
        .addBulkJobRecipients(acks);
  }

  private static AddBulkJobRecipientsRequest chunk(BulkJob job, long sequence) {
    return AddBulkJobRecipientsRequest.newBuilder()
        .setBulkId(job.getBulkId())
        .setSequence(sequence)
        .addAllEntries(
            IntStream.range(0, CHUNK)
                .mapToObj(i ->
                    BulkJobEntry.newBuilder()
                        .setTo(
                            String.format(Locale.ROOT, "077%07d", 1_000_000 + sequence * CHUNK + i))
                        .build())
                .toList())
        .build();
  }

  /// Keeps what is acknowledged.
  private static final class Acks implements StreamObserver<AddBulkJobRecipientsResponse> {
    private final List<AddBulkJobRecipientsResponse> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable failure;

    StatusRuntimeException refusal() {
      return (StatusRuntimeException) Objects.requireNonNull(failure);
    }

    @Override
    public void onNext(AddBulkJobRecipientsResponse ack) {
      heard.add(ack);
    }

    @Override
    public void onError(Throwable refusal) {
      failure = refusal;
    }

    @Override
    public void onCompleted() {}
  }
}
