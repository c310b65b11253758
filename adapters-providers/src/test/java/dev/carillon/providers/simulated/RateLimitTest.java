package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now = Long.MAX_VALUE - 1;

  @Test
  void letsTheConfiguredNumberPassInASecond() {
    RateLimit limit = new RateLimit(100, () -> now);
    int passed = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      now += Duration.ofMillis(1).toNanos();
      passed += limit.take().isZero() ? 1 : 0;
    }

    assertThat(passed).isBetween(1_000, 1_011);
  }

  @Test
  void saysHowLongToWaitUntilAnotherMayPass() {
    RateLimit limit = new RateLimit(10, () -> now);
    Duration wait = limit.take();
    while (wait.isZero()) {
      wait = limit.take();
    }
    now += wait.toNanos();

    assertThat(limit.take()).isZero();
    assertThat(limit.take()).isPositive();
  }

  @Test
  void letsEverythingPassWithoutALimit() {
    RateLimit limit = new RateLimit(0, () -> now);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.take()).isZero();
    }
  }
}
