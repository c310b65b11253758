package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NameLookupsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final InetAddress HOME = InetAddress.getLoopbackAddress();

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void knowsWhatTheSystemKnows() throws UnknownHostException {
    assertThat(NameLookups.SYSTEM.first("127.0.0.1", LONG)).isEqualTo(HOME);
    assertThatThrownBy(() -> NameLookups.SYSTEM.first("nobody.invalid", LONG))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void waitsNoLongerThanItIsAllowedToAndAsksOnceForAllWhoWait() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    NameLookups lookups =
        new NameLookups(host -> {
          asked.incrementAndGet();
          return awaited(answer);
        });
    long began = System.nanoTime();
    assertThatThrownBy(() -> lookups.first("relay", Duration.ofMillis(50)))
        .isInstanceOf(UnknownHostException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);

    List<FutureTask<InetAddress>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      FutureTask<InetAddress> one = new FutureTask<>(() -> lookups.first("relay", LONG));
      Thread.ofVirtual().start(one);
      waiting.add(one);
    }
    answer.countDown();
    for (FutureTask<InetAddress> one : waiting) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(HOME);
    }
  }

  @Test
  void asksForOneNameWhileAnotherIsNotAnswered() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    NameLookups lookups =
        new NameLookups(host -> host.equals("hung") ? awaited(never) : new InetAddress[] {HOME});
    assertThatThrownBy(() -> lookups.first("hung", Duration.ofMillis(50)))
        .isInstanceOf(UnknownHostException.class);

    assertThat(lookups.first("well", LONG)).isEqualTo(HOME);
    never.countDown();
  }

  @Test
  void asksAgainWhenThereWasAnAnswer() throws Exception {
    NameLookups lookups =
        new NameLookups(host -> {
          if (asked.incrementAndGet() == 1) {
            throw new UnknownHostException(host);
          }
          return new InetAddress[] {HOME};
        });
    assertThatThrownBy(() -> lookups.first("relay", LONG))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageNotContaining("relay");

    Awaitility.await().until(() -> lookups.first("relay", LONG).equals(HOME));
  }

  private static InetAddress[] awaited(CountDownLatch answer) throws UnknownHostException {
    try {
      answer.await();
      return new InetAddress[] {HOME};
    } catch (InterruptedException e) {
      throw new UnknownHostException("stopped");
    }
  }
}
