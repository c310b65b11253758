package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.FLOW_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Permits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What the contract cannot see: rows, locks, and clocks that jump.
@TestInstance(Lifecycle.PER_CLASS)
class FlowBucketsIT {
  /// One permit in so many seconds cannot come by itself while a test runs.
  private static final double HARDLY_EVER = 0.0001;

  private final TestDatabase database = TestDatabase.create();
  private Permits permits;

  @BeforeAll
  void open() {
    permits = database.database().forEngine().permits();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aClockThatWasSetBackCostsAFifthOfASecondAtMost() {
    List<Limit> limit = List.of(new Limit("set-back", 5));
    permits.take(limit, 1, false);
    moveFreeAt("set-back", Duration.ofHours(1));

    Grant refused = permits.take(limit, 1, false);

    assertThat(refused.permits()).isZero();
    assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(401));
    assertThat(permits.take(limit, 1, true).permits()).isZero();
    Await.until("it yields again", () -> permits.take(limit, 1, false).permits() == 1);
  }

  @Test
  void aClockThatWasSetForwardGivesNoMoreThanWhatMayBeSavedUp() {
    List<Limit> limit = List.of(new Limit("set-forward", HARDLY_EVER));
    permits.take(limit, 1, false);
    moveFreeAt("set-forward", Duration.ofDays(-365));

    assertThat(permits.take(limit, 100, false).permits()).isEqualTo(1);
    assertThat(permits.take(limit, 100, false).permits()).isZero();
  }

  @Test
  void nothingIsTakenOfOneLimitWhenAnotherHasNone() {
    Limit plenty = new Limit("plenty", HARDLY_EVER);
    Limit none = new Limit("none", HARDLY_EVER);
    permits.take(List.of(none), 1, false);

    assertThat(permits.take(List.of(plenty, none), 1, false).permits()).isZero();
    assertThat(permits.take(List.of(plenty), 1, false).permits()).isEqualTo(1);
  }

  @Test
  void bucketsThatNobodyUsedForAWeekAreForgotten() {
    permits.take(List.of(new Limit("job:old", 10)), 1, false);
    moveFreeAt("job:old", Duration.ofDays(-8));

    permits.take(List.of(new Limit("job:new", 10)), 1, false);

    assertThat(keys()).contains("job:new").doesNotContain("job:old");
  }

  @Test
  void manyNodesWithManyLimitsNeverWaitForEachOtherInACircle() throws Exception {
    try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
      List<Future<?>> running = new ArrayList<>();
      for (int node = 0; node < 8; node++) {
        Random random = new Random(node);
        running.add(nodes.submit(() -> takeSomeOf(random)));
      }
      for (Future<?> each : running) {
        requireEnd(each);
      }
    }

    assertThat(keys().stream().filter(key -> key.startsWith("many-"))).hasSizeGreaterThan(100);
  }

  private void takeSomeOf(Random random) {
    for (int i = 0; i < 200; i++) {
      List<Limit> some = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        some.add(new Limit("many-" + (i / 2 + random.nextInt(6)), 1_000));
      }
      permits.take(some, 3, random.nextBoolean());
      permits.giveBack(some, 1);
    }
  }

  private static void requireEnd(Future<?> node) throws InterruptedException {
    try {
      node.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a node failed", e.getCause());
    }
  }

  private List<String> keys() {
    return database.sql().select(FLOW_BUCKET.KEY).from(FLOW_BUCKET).fetch(FLOW_BUCKET.KEY);
  }

  private void moveFreeAt(String key, Duration by) {
    Instant freeAt =
        database
            .sql()
            .select(FLOW_BUCKET.FREE_AT)
            .from(FLOW_BUCKET)
            .where(FLOW_BUCKET.KEY.eq(key))
            .fetchSingle(row -> row.value1());
    database
        .sql()
        .update(FLOW_BUCKET)
        .set(FLOW_BUCKET.FREE_AT, freeAt.plus(by))
        .where(FLOW_BUCKET.KEY.eq(key))
        .execute();
  }
}
