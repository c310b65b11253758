package dev.carillon.application.quota;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestQuotaTest {
  private static final int LIMIT = 200;
  private static final int CREDIT = LIMIT / 20;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final MutableClock clock = new MutableClock(CREATED);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Scope scope = store.newScope();
  private final RequestQuota node = node(10_000);

  @Test
  void letsASecondsWorthThroughAtOnce() {
    assertThat(burst(node, caller("a"), 10_000)).isBetween(LIMIT, LIMIT + CREDIT);
  }

  @Test
  void tellsWhenTheNextCanBeLetThrough() {
    burst(node, caller("a"), 10_000);

    Duration wait = refusal(node, caller("a"));

    assertThat(wait).isPositive().isLessThan(SECOND);
    clock.advance(wait.minus(MILLISECOND));
    assertThat(refusal(node, caller("a"))).isEqualTo(MILLISECOND);
    clock.advance(MILLISECOND);
    node.take(caller("a"));
  }

  @Test
  void asksTheStoreSeldomForTheFewAndForTheMany() {
    for (int i = 0; i < 100; i++) {
      node.take(caller("few"));
      clock.advance(SECOND);
    }
    assertThat(store.quotas().requestsTaken()).isLessThanOrEqualTo(100 / CREDIT);

    int before = store.quotas().requestsTaken();
    for (int i = 0; i < 1_000; i++) {
      node.take(caller("many"));
      clock.advance(SECOND.dividedBy(LIMIT));
    }
    // 1,000 calls in 5 s: a question for every quarter of a second, and some to find its measure.
    assertThat(store.quotas().requestsTaken() - before).isLessThanOrEqualTo(4 * 5 + 10);
  }

  @Test
  void asksTheStoreSeldomForThoseWhoInsist() {
    burst(node, caller("a"), 10_000);
    int before = store.quotas().requestsTaken();

    for (int i = 0; i < 1_000; i++) {
      if (!isLetThrough(node, caller("a"))) {
        clock.advance(MILLISECOND);
      }
    }

    assertThat(store.quotas().requestsTaken() - before).isLessThanOrEqualTo(2 * 1_000 / 50 + 5);
  }

  @Test
  void keepsTheLimitOverSeveralNodesWhateverTheyAreAskedFor() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RequestQuota[] nodes = {node, node(10_000), node(10_000)};
    long let = 0;
    int[] share = {random.nextInt(400), random.nextInt(400), random.nextInt(400)};
    int seconds = 20;
    for (int millis = 0; millis < seconds * 1_000; millis++) {
      for (int i = 0; i < nodes.length; i++) {
        if (random.nextInt(1_000) < share[i] && isLetThrough(nodes[i], caller("a"))) {
          let++;
        }
      }
      clock.advance(MILLISECOND);
    }

    // A second's worth saved up, and what each node may owe or hold.
    long most = (long) LIMIT * (seconds + 1) + nodes.length * (CREDIT + LIMIT / 4L);
    long wanted = (long) (share[0] + share[1] + share[2]) * seconds;
    assertThat(let)
        .as("seed %d, shares %d %d %d", seed, share[0], share[1], share[2])
        .isLessThanOrEqualTo(most)
        .isGreaterThan((long) (Math.min(wanted, (long) LIMIT * seconds) * 0.8));
  }

  @Test
  void refusesNobodyOnSeveralNodesWhoTogetherStayWithinTheLimit() {
    RequestQuota other = node(10_000);
    for (int i = 0; i < 2_000; i++) {
      node.take(caller("a"));
      other.take(caller("a"));
      clock.advance(Duration.ofMillis(12));
    }
  }

  @Test
  void countsEveryKeyAndEnvironmentForItself() {
    burst(node, caller("a"), 10_000);

    assertThat(burst(node, caller("b"), LIMIT)).isEqualTo(LIMIT);
    assertThat(burst(node, inTest("a"), LIMIT)).isEqualTo(LIMIT);
  }

  @Test
  void goesByWhatWasSetForTheBusiness() {
    set(OptionalInt.of(3));
    assertThat(burst(node, caller("a"), 100)).isEqualTo(3);
    assertThat(refusal(node, caller("a"))).isEqualTo(Duration.ofMillis(334));

    set(OptionalInt.of(0));
    assertThat(burst(node, caller("a"), 100_000)).isEqualTo(100_000);
  }

  @Test
  void aLimitThatIsLoweredHoldsFromThenOn() {
    burst(node, caller("a"), 10_000);
    set(OptionalInt.of(20));

    clock.advance(refusal(node, caller("a")));

    node.take(caller("a"));
    assertThat(burst(node, caller("a"), 100)).isLessThanOrEqualTo(2);
  }

  @Test
  void aLimitThatIsLoweredShutsNobodyOutForWhatTheHigherOneLent() {
    burst(node, caller("a"), CREDIT);
    set(OptionalInt.of(1));

    node.take(caller("a"));
    assertThat(refusal(node, caller("a"))).isEqualTo(SECOND);
    clock.advance(SECOND);
    node.take(caller("a"));
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOut() {
    burst(node, caller("a"), 10_000);
    clock.advance(Duration.ofHours(-1));
    refusal(node, caller("a"));

    // The store's clock was set back, too, and has yielded nothing meanwhile.
    clock.advance(SECOND);
    assertThat(burst(node, caller("a"), 10_000)).isGreaterThanOrEqualTo(LIMIT / 2);
  }

  @Test
  void holdsKeysToTheLimitThatItHasNoRoomFor() {
    RequestQuota small = node(2);
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(burst(small, caller(key), 10_000)).as(key).isBetween(LIMIT - 1, LIMIT + CREDIT);
      assertThat(refusal(small, caller(key))).as(key).isPositive();
    }

    clock.advance(Duration.ofMinutes(1));
    int before = store.quotas().requestsTaken();
    assertThat(burst(small, caller("c"), CREDIT)).isEqualTo(CREDIT);
    assertThat(store.quotas().requestsTaken() - before).as("there is room for c now").isZero();
  }

  @Test
  void countsRightWhenManyCallAtOnce() {
    int let =
        Background.together(16, () -> burst(node, caller("a"), 100)).stream()
            .mapToInt(Integer::intValue)
            .sum();

    assertThat(let).isBetween(LIMIT, LIMIT + CREDIT);
  }

  private RequestQuota node(int mostKeys) {
    return new RequestQuota(store.quotas(), new QuotaDefaults(0, LIMIT, 0), clock, mostKeys);
  }

  private void set(OptionalInt requestsPerSecond) {
    store
        .quotas()
        .set(
            scope.business(),
            new QuotaLimits(OptionalInt.empty(), requestsPerSecond, OptionalLong.empty()));
  }

  /// How many of so many calls at one moment are let through.
  private static int burst(RequestQuota at, Caller caller, int calls) {
    int let = 0;
    for (int i = 0; i < calls; i++) {
      if (isLetThrough(at, caller)) {
        let++;
      }
    }
    return let;
  }

  private static boolean isLetThrough(RequestQuota at, Caller caller) {
    try {
      at.take(caller);
      return true;
    } catch (DomainException refused) {
      return false;
    }
  }

  private static Duration refusal(RequestQuota at, Caller caller) {
    DomainException refused = catchThrowableOfType(DomainException.class, () -> at.take(caller));
    return Objects.requireNonNull(((DomainError.QuotaExceeded) refused.error()).retryAfter());
  }

  private Caller caller(String key) {
    return new Caller(scope, Role.USER, key, "ZW", "USD");
  }

  private Caller inTest(String key) {
    return new Caller(new Scope(scope.business(), Environment.TEST), Role.USER, key, "ZW", "USD");
  }
}
