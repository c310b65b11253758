package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.TestKeys;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.domain.business.Role;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.CancelBulkJobRequest;
import dev.carillon.v1.CreateApiKeyRequest;
import dev.carillon.v1.CreateApiKeyResponse;
import dev.carillon.v1.Environment;
import dev.carillon.v1.ListAuditEntriesRequest;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.Permission;
import dev.carillon.v1.ResumeBusinessRequest;
import dev.carillon.v1.RevokeApiKeyRequest;
import dev.carillon.v1.StopBusinessRequest;
import dev.carillon.v1.UserType;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two services over one PostgreSQL go by the same credentials, and stop a business together.
@Timeout(180)
class CredentialsIT {
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(1);

  @TempDir private static Path directory;

  private static TokenMaker maker;
  private static EmbeddedPostgres postgres;
  private static RunningCarillon first;
  private static RunningCarillon second;
  private static AdminServiceBlockingStub operator;
  private static long business;

  @BeforeAll
  static void start() throws Exception {
    maker = new TokenMaker("one");
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings = new HashMap<>();
    settings.put("CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"));
    settings.put("CARILLON_DATABASE_USER", postgres.user());
    settings.put("CARILLON_DATABASE_PASSWORD", postgres.password());
    settings.put("CARILLON_TOKENS_JWKS", maker.write(directory.resolve("jwks.json")).toString());
    settings.put("CARILLON_TOKENS_ISSUER", TokenMaker.ISSUER);
    settings.put("CARILLON_TOKENS_AUDIENCE", TokenMaker.AUDIENCE);
    first = RunningCarillon.with(logging(settings, "first.log"));
    second = RunningCarillon.with(logging(settings, "second.log"));
    Configuration configuration = Configuration.load(null, settings);
    try (PostgresSource source = PostgresSource.of(configuration.store())) {
      operator = admin(TestKeys.create(source, Role.OPERATOR));
    }
    business = first.client().create(Client.anSmsJobTo(1)).getBusinessId();
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    postgres.close();
  }

  @Test
  void aRevokedKeyOpensNothingOnTheOtherServiceWithinFiveSeconds() throws Exception {
    CreateApiKeyResponse made = newKey(Permission.PERMISSION_READ);
    try (Client elsewhere = new Client(second.port(), made.getSecret())) {
      assertThat(elsewhere.countJobs()).isNotNegative();

      operator.revokeApiKey(
          RevokeApiKeyRequest.newBuilder().setKeyId(made.getApiKey().getKeyId()).build());

      Instant revoked = Instant.now();
      waitUntil(REVOKED_WITHIN, () -> isRefused(elsewhere));
      System.out.printf(
          "credentials: refused %d ms after its revocation%n",
          Duration.between(revoked, Instant.now()).toMillis());
      assertThat(isRefused(elsewhere)).isTrue();
      assertThat(
              operator
                  .listAuditEntries(ListAuditEntriesRequest.getDefaultInstance())
                  .getAuditEntries(0)
                  .getAction())
          .isEqualTo("RevokeApiKey");
    }
  }

  @Test
  void aStreamEndsWhenItsKeyIsRevoked() {
    CreateApiKeyResponse made = newKey(Permission.PERMISSION_READ);
    BulkJob job = second.client().create(Client.anSmsJobTo(400).setRatePerSecond(20));
    try (Client elsewhere = new Client(second.port(), made.getSecret())) {
      Iterator<WatchBulkJobResponse> events =
          elsewhere
              .jobs()
              .watchBulkJob(WatchBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build());
      assertThat(events.next().hasSnapshot()).isTrue();

      operator.revokeApiKey(
          RevokeApiKeyRequest.newBuilder().setKeyId(made.getApiKey().getKeyId()).build());

      Instant revoked = Instant.now();
      StatusRuntimeException end =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> events.forEachRemaining(_ -> {}));
      assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(Duration.between(revoked, Instant.now()))
          .isLessThan(REVOKED_WITHIN.plusSeconds(1));
    } finally {
      second
          .client()
          .jobs()
          .cancelBulkJob(CancelBulkJobRequest.newBuilder().setBulkId(job.getBulkId()).build());
    }
  }

  @Test
  void scopesLeaveOutWhatTheyDoNotName() throws Exception {
    CreateApiKeyResponse made = newKey(Permission.PERMISSION_READ);
    try (Client reader = new Client(second.port(), made.getSecret())) {
      assertThat(reader.countJobs()).isNotNegative();
      Refusals.of(() -> reader.create(Client.anSmsJobTo(1)))
          .has(Status.Code.PERMISSION_DENIED, "SCOPE_REQUIRED");
    }
  }

  @Test
  void aStoppedBusinessHandsOverNothingMoreWithinASecond() throws Exception {
    BulkJob job = second.client().create(Client.anSmsJobTo(400).setRatePerSecond(50));
    waitUntil(Duration.ofSeconds(30), () -> found(job).getCounters().getProcessed() > 0);

    operator.stopBusiness(
        StopBusinessRequest.newBuilder().setBusinessId(business).setReason("test").build());
    try {
      park(STOPPED_WITHIN);
      long handedOver = handedOver();
      Refusals.of(() -> second.client().create(Client.anSmsJobTo(1)))
          .has(Status.Code.FAILED_PRECONDITION, "BUSINESS_STOPPED");
      park(STOPPED_WITHIN.multipliedBy(2));

      assertThat(handedOver()).isEqualTo(handedOver);
      assertThat(found(job).getCounters().getQueued()).isPositive();
      assertThat(found(job).getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PROCESSING);
    } finally {
      operator.resumeBusiness(ResumeBusinessRequest.newBuilder().setBusinessId(business).build());
    }
    waitUntil(Duration.ofSeconds(60), () -> found(job).getDone());
    assertThat(found(job).getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_COMPLETED);
  }

  @Test
  void aTokenOpensItsBusinessAndIsNamedByWhatItMakes() {
    BulkJob made =
        withToken(maker.token(claims(business)))
            .createBulkJob(Client.anSmsJobTo(1).build())
            .getBulkJob();

    assertThat(made.getBusinessId()).isEqualTo(business);
    assertThat(made.getCreatedBy()).isEqualTo("anna");
    assertThat(made.getEnvironment()).isEqualTo(Environment.ENVIRONMENT_TEST);
  }

  @Test
  void tokensThatProveNothingOpenNothing() throws Exception {
    assertUnauthenticated(new TokenMaker("one").token(claims(business)));
    assertUnauthenticated(maker.unsigned(claims(business)));
    assertUnauthenticated(maker.token(claims(business + 1_000)));
    assertUnauthenticated(maker.token(claims(business).replace("\"user\"", "\"operator\"")));
    assertUnauthenticated(maker.token(claims(business).replace(TokenMaker.AUDIENCE, "another")));
    assertUnauthenticated(maker.token(TokenMaker.claims("anna", business, -60)));
  }

  private static String claims(long ofBusiness) {
    return TokenMaker.claims("anna", ofBusiness, 600);
  }

  private static CreateApiKeyResponse newKey(Permission... scopes) {
    CreateApiKeyRequest.Builder request =
        CreateApiKeyRequest.newBuilder()
            .setBusinessId(business)
            .setEnvironment(Environment.ENVIRONMENT_TEST)
            .setUserType(UserType.USER_TYPE_USER)
            .setName("till");
    for (Permission scope : scopes) {
      request.addScopes(scope);
    }
    return operator.createApiKey(request.build());
  }

  private static boolean isRefused(Client client) {
    try {
      client.countJobs();
      return false;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      return true;
    }
  }

  private static Map<String, String> logging(Map<String, String> settings, String log) {
    Map<String, String> logging = new HashMap<>(settings);
    logging.put("CARILLON_SIMULATED_LOG_FILE", directory.resolve(log).toString());
    return logging;
  }

  /// What the carrier was handed by both services.
  private static long handedOver() {
    return lines("first.log") + lines("second.log");
  }

  private static long lines(String log) {
    try (Stream<String> lines = Files.lines(directory.resolve(log))) {
      return lines.count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static BulkJob found(BulkJob job) {
    return first.client().get(job.getBulkId());
  }

  private static void assertUnauthenticated(String token) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> withToken(token).listBulkJobs(ListBulkJobsRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  private static BulkJobServiceGrpc.BulkJobServiceBlockingStub withToken(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return BulkJobServiceGrpc.newBlockingStub(second.client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static AdminServiceBlockingStub admin(String key) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    return AdminServiceGrpc.newBlockingStub(first.client().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void waitUntil(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within " + most).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /// What is promised is a time.
  private static void park(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
