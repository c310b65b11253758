package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupedLookUpsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SlowStore store = new SlowStore();
  private final GroupedLookUps<Integer, String> lookUps =
      new GroupedLookUps<>("things at a time", store::find, LONG);

  @Test
  void asksOnceAtATimeForAllWhoCameMeanwhile() {
    List<Background<Optional<String>>> callers = callers(0, 1_001);

    store.gate.release(100);

    assertThat(callers)
        .extracting(Background::result)
        .filteredOn(Optional::isPresent)
        .extracting(Optional::orElseThrow)
        .hasSize(501);
    assertThat(store.asked).extracting(Set::size).containsExactly(1, 500, 500);
    assertThat(store.mostAtATime).hasValue(1);
  }

  @Test
  void asksOnceForAKeyThatManyAskFor() {
    callers(0, 1);
    List<Background<Optional<String>>> same = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      same.add(Background.start(() -> lookUps.find(8)));
    }
    Await.until("all wait", () -> same.stream().allMatch(Background::isWaiting));

    store.gate.release(100);

    assertThat(same).allSatisfy(caller -> assertThat(caller.result()).contains("thing 8"));
    assertThat(store.asked).containsExactly(Set.of(0), Set.of(8));
  }

  @Test
  void looksAgainForWhoComesLater() {
    store.gate.release(2);

    assertThat(lookUps.find(2)).contains("thing 2");
    assertThat(lookUps.find(2)).contains("thing 2");

    assertThat(store.asked).hasSize(2);
  }

  @Test
  void tellsAllWhoWaitedOfAFailureAndGoesOn() {
    store.failure = new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(2)));
    store.gate.release(2);
    assertThatThrownBy(() -> lookUps.find(4)).isSameAs(store.failure);

    store.failure = null;

    assertThat(lookUps.find(4)).contains("thing 4");
  }

  @Test
  void letsNobodyWaitForLong() {
    GroupedLookUps<Integer, String> impatient =
        new GroupedLookUps<>("things at a time", store::find, Duration.ofMillis(20));

    assertThat(catchThrowableOfType(DomainException.class, () -> impatient.find(1)).error())
        .isEqualTo(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
  }

  @Test
  void turnsAwayWhoFindsTenThousandWaiting() {
    callers(0, 10_001);

    assertThat(catchThrowableOfType(DomainException.class, () -> lookUps.find(-1)).error())
        .isEqualTo(new DomainError.QuotaExceeded("10000 things at a time", Duration.ofSeconds(1)));
    store.gate.release(100);
  }

  /// Callers who wait, the first of them for the store.
  private List<Background<Optional<String>>> callers(int from, int to) {
    List<Background<Optional<String>>> callers = new ArrayList<>();
    callers.add(Background.start(() -> lookUps.find(from)));
    Await.until("the store is asked", () -> store.asked.size() == 1);
    for (int i = from + 1; i < to; i++) {
      int key = i;
      callers.add(Background.start(() -> lookUps.find(key)));
    }
    Await.until("all wait", () -> callers.stream().allMatch(Background::isWaiting));
    return callers;
  }

  /// Has a thing for each even number, and answers when it is let.
  private static final class SlowStore {
    private final List<Set<Integer>> asked = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostAtATime = new AtomicInteger();
    private volatile @Nullable DomainException failure;

    Map<Integer, String> find(Set<Integer> keys) {
      mostAtATime.accumulateAndGet(now.incrementAndGet(), Math::max);
      asked.add(Set.copyOf(keys));
      gate.acquireUninterruptibly();
      now.decrementAndGet();
      DomainException failing = failure;
      if (failing != null) {
        throw failing;
      }
      return keys.stream()
          .filter(key -> key % 2 == 0)
          .collect(Collectors.toMap(key -> key, key -> "thing " + key));
    }
  }
}
