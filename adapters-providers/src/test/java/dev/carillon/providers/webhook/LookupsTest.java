package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.domain.business.BusinessId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final InetAddress[] FOUND = {InetAddress.ofLiteral("192.0.2.1")};
  private static final BusinessId ONE = new BusinessId(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ConcurrentHashMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final CountDownLatch answered = new CountDownLatch(1);

  @AfterEach
  void answer() {
    answered.countDown();
  }

  @Test
  void asksOnceForANameHoweverManyWantIt() throws Exception {
    try (Lookups lookups = new Lookups(LONG, this::slowly)) {
      List<Background<InetAddress[]>> all =
          IntStream.range(0, 20)
              .mapToObj(i -> resolve(lookups, new BusinessId(1 + i % 2), i % 2 == 0 ? "a" : "A"))
              .toList();
      Await.until("it is asked", () -> asked.containsKey("a"));
      Await.until("all wait for the answer", () -> all.stream().allMatch(Background::isWaiting));
      answered.countDown();

      assertThat(all).allSatisfy(one -> assertThat(one.result()).isEqualTo(FOUND));
      assertThat(asked.get("a")).hasValue(1);
    }
  }

  @Test
  void givesABusinessItsShareOfTheThreads() throws Exception {
    try (Lookups lookups = new Lookups(Duration.ofMillis(50), this::slowly)) {
      for (int i = 0; i < 4; i++) {
        String name = "slow" + i;
        assertThatThrownBy(() -> lookups.on(ONE, () -> lookups.resolve(name)))
            .isInstanceOf(UnknownHostException.class)
            .isNotInstanceOf(LookupRefusedException.class);
      }
      assertThatThrownBy(() -> lookups.on(ONE, () -> lookups.resolve("quick")))
          .isInstanceOf(LookupRefusedException.class);
      assertThat(
              lookups.<InetAddress[], Exception>on(
                  new BusinessId(2), () -> lookups.resolve("quick")))
          .isEqualTo(FOUND);
    }
  }

  @Test
  void keepsThreadsForBusinessesWhoseNamesAnswer() throws Exception {
    try (Lookups lookups = new Lookups(LONG, this::slowly)) {
      BusinessId good = new BusinessId(1_000);
      assertThat(resolve(lookups, good, "quick").result()).isEqualTo(FOUND);
      List<Background<InetAddress[]>> slow =
          IntStream.range(0, 100)
              .mapToObj(i -> resolve(lookups, new BusinessId(1 + i / 4), "slow" + i))
              .toList();
      Await.until("all wait", () -> slow.stream().allMatch(Background::isWaiting));

      assertThat(resolve(lookups, good, "quick, too").result()).isEqualTo(FOUND);
      assertThat(asked.keySet()).filteredOn(name -> name.startsWith("slow")).hasSize(48);
      answered.countDown();
      assertThat(slow).allSatisfy(one -> assertThat(one.result()).isEqualTo(FOUND));
    }
  }

  @Test
  void waitsUntilThereIsAThreadAgain() throws Exception {
    try (Lookups lookups = new Lookups(LONG, this::slowly)) {
      List<Background<InetAddress[]>> all =
          IntStream.range(0, 10).mapToObj(i -> resolve(lookups, ONE, "slow" + i)).toList();
      Await.until("the share is used", () -> asked.size() == 4);
      answered.countDown();

      assertThat(all).allSatisfy(one -> assertThat(one.result()).isEqualTo(FOUND));
    }
  }

  @Test
  void tellsAnUnknownNameAtOnce() throws Exception {
    try (Lookups lookups =
        new Lookups(
            LONG,
            _ -> {
              throw new UnknownHostException("none");
            })) {
      assertThatThrownBy(() -> lookups.on(ONE, () -> lookups.resolve("nowhere")))
          .isInstanceOf(UnknownHostException.class)
          .isNotInstanceOf(LookupRefusedException.class);
    }
  }

  private static Background<InetAddress[]> resolve(
      Lookups lookups, BusinessId business, String name) {
    return Background.start(
        () -> lookups.<InetAddress[], Exception>on(business, () -> lookups.resolve(name)));
  }

  /// Answers names that begin with "quick" at once, and the others when the test says so; listens
  /// to no interrupt, as the system does not.
  private InetAddress[] slowly(String name) {
    asked.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    while (!name.startsWith("quick") && answered.getCount() > 0) {
      try {
        answered.await();
      } catch (InterruptedException goesOn) {
        // nothing ends it
      }
    }
    return FOUND;
  }
}
