package dev.carillon.bootstrap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakeUpTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final WakeUp wakeUp = new WakeUp();

  @Test
  void aCallBeforeTheWaitIsNotLost() throws InterruptedException {
    long seen = wakeUp.calls();

    wakeUp.call();

    wakeUp.await(seen, LONG);
    assertThat(wakeUp.calls()).isGreaterThan(seen);
  }

  @Test
  void aCallWakesAllWhoWait() throws InterruptedException {
    int sleepers = 3;
    CountDownLatch awake = new CountDownLatch(sleepers);
    CountDownLatch ready = new CountDownLatch(sleepers);
    for (int i = 0; i < sleepers; i++) {
      Thread.ofVirtual()
          .start(() -> {
            long seen = wakeUp.calls();
            ready.countDown();
            await(seen);
            awake.countDown();
          });
    }
    ready.await();

    wakeUp.call();

    assertThat(awake.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waitsNoLongerThanItWasTold() throws InterruptedException {
    long before = System.nanoTime();

    wakeUp.await(wakeUp.calls(), Duration.ofMillis(30));

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(30), Duration.ofSeconds(10));
  }

  private void await(long seen) {
    try {
      wakeUp.await(seen, LONG);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
