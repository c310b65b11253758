package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.FLOW_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Two nodes count the jobs and recipients of one key at the same time.
class SharedQuotasIT {
  private static final Instant NOW = Instant.parse("2026-03-01T20:00:00.123456Z");
  private static final int JOBS = 40;
  private static final int RECIPIENTS = 10_000;

  @AutoClose private final TestDatabase one = TestDatabase.create();
  @AutoClose private final TestDatabase other = one.sameAgain();
  private final Scope scope = one.newScope();
  private final Caller caller = new Caller(scope, Role.USER, "key-1", "ZW", "USD");
  private final MutableClock clock = new MutableClock(NOW);

  @Test
  void exactlyAsManyJobsAsTheQuotaAreAcceptedWhoeverComesFirst() {
    List<Node> nodes = nodes(new QuotaDefaults(JOBS, 0, 0));

    assertThat(acceptedOf(nodes, 1)).isEqualTo(JOBS);

    Duration wait = refusal(nodes.getLast(), 1).orElseThrow();
    assertThat(wait).isEqualTo(Duration.ofHours(1));
    clock.advance(wait.minusNanos(1_000));
    assertThat(acceptedOf(nodes, 1)).isZero();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(acceptedOf(nodes, 1)).isEqualTo(JOBS);
  }

  @Test
  void exactlyAsManyRecipientsAsTheQuotaAreAcceptedUntilMidnight() {
    List<Node> nodes = nodes(new QuotaDefaults(0, 0, RECIPIENTS));

    assertThat(acceptedOf(nodes, 300)).isEqualTo(RECIPIENTS / 300);
    assertThat(refusal(nodes.getFirst(), RECIPIENTS % 300)).isEmpty();

    Duration wait = refusal(nodes.getLast(), 1).orElseThrow();
    assertThat(NOW.plus(wait)).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    clock.advance(wait);
    assertThat(refusal(nodes.getLast(), RECIPIENTS)).isEmpty();
  }

  @Test
  void aJobThatIsUndoneLeavesItsPlaceToTheOther() {
    List<Node> nodes = nodes(new QuotaDefaults(1, 0, 0));
    CountDownLatch counted = new CountDownLatch(1);
    Background<Boolean> undone =
        Background.start(() -> {
          try {
            Node first = nodes.getFirst();
            first.stores.transactions().run(() -> countAndFail(first, counted));
            return false;
          } catch (IllegalStateException onPurpose) {
            return true;
          }
        });
    awaitQuietly(counted);

    // Waits for the row that the first has locked, and finds it as it was before.
    assertThat(refusal(nodes.getLast(), 1)).isEmpty();

    assertThat(undone.result()).isTrue();
    assertThat(refusal(nodes.getFirst(), 1)).isPresent();
  }

  @Test
  void aClockOfTheDatabaseThatWasSetBackShutsNobodyOut() {
    Quotas quotas = one.database().forHouse().quotas();
    quotas.takeRequests(scope, "key-1", 5, 5);
    one.sql()
        .update(FLOW_BUCKET)
        .set(FLOW_BUCKET.FREE_AT, Instant.now().plus(Duration.ofHours(1)))
        .execute();

    Grant refused = quotas.takeRequests(scope, "key-1", 5, 5);

    assertThat(refused.permits()).isZero();
    assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(201));
    Await.until("it yields", () -> quotas.takeRequests(scope, "key-1", 5, 5).permits() > 0);
  }

  private void countAndFail(Node node, CountDownLatch counted) {
    node.counting.take(caller, 1);
    counted.countDown();
    Await.until("the other waits for the lock", this::somebodyWaitsForALock);
    throw new IllegalStateException("on purpose");
  }

  private boolean somebodyWaitsForALock() {
    return one.sql()
        .fetchExists(
            DSL.selectOne()
                .from("pg_stat_activity")
                .where("datname = current_database() AND wait_event_type = 'Lock'"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /// How many of 16 × 8 who come to both nodes at once are let through.
  private int acceptedOf(List<Node> nodes, long recipients) {
    return Background.together(
            16,
            () -> {
              int accepted = 0;
              for (int i = 0; i < 8; i++) {
                accepted += refusal(nodes.get(i % 2), recipients).isEmpty() ? 1 : 0;
              }
              return accepted;
            })
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  /// Empty when it is counted.
  private Optional<Duration> refusal(Node node, long recipients) {
    try {
      node.stores.transactions().run(() -> node.counting.take(caller, recipients));
      return Optional.empty();
    } catch (DomainException refused) {
      return Optional.of(
          Objects.requireNonNull(((DomainError.QuotaExceeded) refused.error()).retryAfter()));
    }
  }

  private List<Node> nodes(QuotaDefaults defaults) {
    List<Node> nodes = new ArrayList<>();
    for (TestDatabase database : List.of(one, other)) {
      Stores stores = database.storesOf(scope);
      Quotas quotas = stores.quotas();
      nodes.add(new Node(stores, new SubmissionQuotas(quotas, defaults, clock)));
    }
    return nodes;
  }

  private record Node(Stores stores, SubmissionQuotas counting) {}
}
