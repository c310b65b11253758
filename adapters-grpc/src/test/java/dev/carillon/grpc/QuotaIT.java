package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.v1.BulkJobServiceGrpc;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The quota of requests, over two servers that share a store.
final class QuotaIT {
  private static final int LIMIT = 10;

  @AutoClose private final House house = House.open();
  @AutoClose private final House other = house.node(House.config(GrpcConfig.Load.DEFAULTS));

  @Test
  void letsNoMoreCallsThroughThanTheLimitAndTellsWhenTheNextMayCome() {
    limit(LIMIT);
    int through = 0;
    for (int i = 0; i < 2 * LIMIT; i++) {
      through += isLetThrough(i % 2 == 0 ? house : other) ? 1 : 0;
    }

    assertThat(through).isEqualTo(LIMIT);
    StatusRuntimeException refusal = Refusals.of(() -> list(other));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Refusals.reason(refusal)).isEqualTo("QUOTA_EXCEEDED");
    assertThat(Refusals.detail(refusal, QuotaFailure.class).getViolations(0).getSubject())
        .isEqualTo(LIMIT + " requests per second");
    Duration wait = retryDelay(refusal);
    assertThat(wait).isEqualTo(Duration.ofSeconds(1).dividedBy(LIMIT));
    house.clock.advance(wait.minusMillis(1));
    assertThat(isLetThrough(other)).isFalse();
    house.clock.advance(Duration.ofMillis(1));
    list(other);
    assertThat(isLetThrough(house)).isFalse();
  }

  @Test
  void countsAStreamOnceHoweverLongItLasts() {
    String bulkId = house.newJob();
    limit(2);
    Reader<WatchBulkJobResponse> reader =
        Reader.eager(
            House.asCaller(BulkJobServiceGrpc.newStub(house.channel()))::watchBulkJob,
            WatchBulkJobRequest.newBuilder().setBulkId(bulkId).build());
    Await.until("the snapshot", () -> !reader.taken.isEmpty());

    list(other);

    assertThat(isLetThrough(other)).isFalse();
    assertThat(reader.isCompleted()).isFalse();
  }

  @Test
  void holdsNobodyToTheLimitOfAnotherKey() {
    limit(1);
    list(house);
    assertThat(isLetThrough(house)).isFalse();

    house.jobs(House.STRANGERS_KEY).listBulkJobs(ListBulkJobsRequest.getDefaultInstance());
  }

  @Test
  void countsNeitherHealthChecksNorCallsWithoutCredentials() {
    limit(1);
    for (int i = 0; i < 5; i++) {
      HealthGrpc.newBlockingStub(house.channel()).check(HealthCheckRequest.getDefaultInstance());
      StatusRuntimeException nobody =
          Refusals.of(() ->
              house.jobs("sk_test_nobody").listBulkJobs(ListBulkJobsRequest.getDefaultInstance()));
      assertThat(nobody.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    list(house);
  }

  @Test
  void countsRightWhenManyCallAtOnceOnBothServers() {
    limit(LIMIT);

    long through =
        Background.together(
                4,
                () -> {
                  int let = 0;
                  for (int i = 0; i < LIMIT; i++) {
                    let += isLetThrough(house) ? 1 : 0;
                    let += isLetThrough(other) ? 1 : 0;
                  }
                  return let;
                })
            .stream()
            .mapToInt(Integer::intValue)
            .sum();

    assertThat(through).isEqualTo(LIMIT);
  }

  private void limit(int requestsPerSecond) {
    house
        .store
        .quotas()
        .set(
            House.CALLER.scope().business(),
            new QuotaLimits(
                OptionalInt.empty(), OptionalInt.of(requestsPerSecond), OptionalLong.empty()));
  }

  private static boolean isLetThrough(House at) {
    try {
      list(at);
      return true;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      return false;
    }
  }

  private static void list(House at) {
    at.jobs().listBulkJobs(ListBulkJobsRequest.getDefaultInstance());
  }

  private static Duration retryDelay(StatusRuntimeException refusal) {
    com.google.protobuf.Duration delay = Refusals.detail(refusal, RetryInfo.class).getRetryDelay();
    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }
}
