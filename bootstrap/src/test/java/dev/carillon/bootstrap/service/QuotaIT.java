package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.carillon.persistence.embedded.EmbeddedPostgres;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two services over one PostgreSQL hold a key and a business to their quotas.
@Timeout(120)
class QuotaIT {
  private static final int PER_SECOND = 40;
  private static final int PER_DAY = 100;
  private static final Duration RACE = Duration.ofSeconds(3);

  /// Saved up beforehand; and for each node what it may owe and hold (docs/quotas.md).
  private static final double BESIDES = PER_SECOND * (1 + 2 * 0.3);

  private static EmbeddedPostgres postgres;
  private static RunningCarillon first;
  private static RunningCarillon second;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.temporary();
    Map<String, String> settings =
        Map.of(
            "CARILLON_DATABASE_URL", postgres.jdbcUrl("postgres"),
            "CARILLON_DATABASE_USER", postgres.user(),
            "CARILLON_DATABASE_PASSWORD", postgres.password(),
            "CARILLON_QUOTAS_REQUESTS_PER_SECOND", Integer.toString(PER_SECOND),
            "CARILLON_QUOTAS_RECIPIENTS_PER_DAY", Integer.toString(PER_DAY));
    first = RunningCarillon.with(settings);
    second = RunningCarillon.with(settings);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    postgres.close();
  }

  @Test
  void twoServicesLetNoMoreCallsOfAKeyThroughThanTheLimit() throws Exception {
    try (Client sameKey = new Client(second.port(), key(first.client()))) {
      List<Integer> let = new ArrayList<>();
      long start = System.nanoTime();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> racing =
            callers.invokeAll(
                List.of(
                    racer(first.client(), start), racer(sameKey, start),
                    racer(first.client(), start), racer(sameKey, start)));
        for (Future<Integer> one : racing) {
          let.add(one.get());
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int sum = let.stream().mapToInt(Integer::intValue).sum();
      System.out.printf(
          "quota: %d calls in %.2f s on two services at %d/s%n", sum, seconds, PER_SECOND);

      assertThat((double) sum)
          .isLessThanOrEqualTo(PER_SECOND * seconds + BESIDES)
          .isGreaterThanOrEqualTo(PER_SECOND);
      Optional<Duration> wait = firstRefusal(sameKey);
      // What is told first may be from before the others took their last.
      for (int told = 0; told < 2 && wait.isPresent(); told++) {
        park(wait.get());
        wait = refusal(sameKey);
      }
      assertThat(wait).as("after the time that was told").isEmpty();
    }
  }

  @Test
  void twoServicesAcceptNoMoreRecipientsOfABusinessThanADayHas() throws Exception {
    Instant now = Instant.now();
    Instant midnight =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    assumeTrue(Duration.between(now, midnight).toMinutes() > 1, "midnight is near");
    try (Client sameKey = new Client(first.port(), key(second.client()))) {
      sameKey.create(Client.anSmsJobTo(60));

      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> second.client().create(Client.anSmsJobTo(60)));

      assertThat(subject(refused)).isEqualTo(PER_DAY + " recipients per day");
      assertThat(Instant.now().plus(retryDelay(refused)))
          .isBetween(midnight, midnight.plusSeconds(30));
      second.client().create(Client.anSmsJobTo(40));
      assertThat(
              catchThrowableOfType(
                      StatusRuntimeException.class, () -> sameKey.create(Client.anSmsJobTo(1)))
                  .getStatus()
                  .getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  private static Callable<Integer> racer(Client client, long start) {
    return () -> {
      int let = 0;
      while (System.nanoTime() - start < RACE.toNanos()) {
        Optional<Duration> wait = refusal(client);
        if (wait.isEmpty()) {
          let++;
        } else {
          park(wait.get());
        }
      }
      return let;
    };
  }

  /// How long a call is told to wait; empty when it is let through.
  private static Optional<Duration> refusal(Client client) throws InvalidProtocolBufferException {
    try {
      client.countJobs();
      return Optional.empty();
    } catch (StatusRuntimeException refused) {
      assertThat(subject(refused)).isEqualTo(PER_SECOND + " requests per second");
      return Optional.of(retryDelay(refused));
    }
  }

  /// Calls until it is refused.
  private static Optional<Duration> firstRefusal(Client client)
      throws InvalidProtocolBufferException {
    for (int calls = 0; calls < 10 * PER_SECOND; calls++) {
      Optional<Duration> wait = refusal(client);
      if (wait.isPresent()) {
        return wait;
      }
    }
    throw new AssertionError("no call was refused");
  }

  private static String subject(StatusRuntimeException refused)
      throws InvalidProtocolBufferException {
    return detail(refused, QuotaFailure.class).getViolations(0).getSubject();
  }

  private static Duration retryDelay(StatusRuntimeException refused)
      throws InvalidProtocolBufferException {
    com.google.protobuf.Duration delay = detail(refused, RetryInfo.class).getRetryDelay();
    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }

  private static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException refused, Class<T> type) throws InvalidProtocolBufferException {
    for (Any detail : Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetailsList()) {
      if (detail.is(type)) {
        return detail.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName(), refused);
  }

  /// Does as a caller does who was told to wait.
  private static void park(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static String key(Client client) {
    return Objects.requireNonNull(
        client.credential().get(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER)));
  }
}
