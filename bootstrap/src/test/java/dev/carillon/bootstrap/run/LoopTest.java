package dev.carillon.bootstrap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  @Test
  void goesOnAfterFailuresAndWaitsLongerAfterEach() throws InterruptedException {
    BlockingQueue<Long> turns = new LinkedBlockingQueue<>();
    Loop loop =
        new Loop(
            "failing",
            _ -> {
              turns.add(System.nanoTime());
              throw new IllegalStateException("the store is away");
            });

    loop.start();
    long first = turns.take();
    long second = turns.take();
    long third = turns.take();
    loop.stop();
    loop.awaitEnd(LONG);

    assertThat(Duration.ofNanos(second - first)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
    assertThat(Duration.ofNanos(third - second)).isGreaterThanOrEqualTo(Duration.ofMillis(199));
  }

  @Test
  void survivesErrorsToo() throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch recovered = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "erring",
            loopItself -> {
              if (turns.incrementAndGet() == 1) {
                throw new AssertionError("a bug");
              }
              recovered.countDown();
              loopItself.rest(LONG);
            });

    loop.start();

    assertThat(recovered.await(10, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    loop.awaitEnd(LONG);
  }

  @Test
  void aRestEndsAtOnceWhenItIsStopped() throws InterruptedException {
    CountDownLatch resting = new CountDownLatch(1);
    Loop loop = Loop.every(Duration.ofHours(1), "resting", resting::countDown);
    loop.start();
    resting.await();

    long before = System.nanoTime();
    loop.stop();
    loop.awaitEnd(LONG);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(loop.goesOn()).isFalse();
  }

  @Test
  void aRestEndsAtOnceWhenItIsWokenAlsoInTheMiddleOfATurn() throws InterruptedException {
    BlockingQueue<Integer> turns = new LinkedBlockingQueue<>();
    CountDownLatch woken = new CountDownLatch(1);
    AtomicInteger turn = new AtomicInteger();
    Loop loop =
        new Loop(
            "woken",
            itself -> {
              turns.add(turn.incrementAndGet());
              if (turn.get() == 2) {
                woken.await();
              }
              itself.rest(Duration.ofHours(1));
            });
    loop.start();
    assertThat(turns.take()).isEqualTo(1);

    loop.wake();
    assertThat(turns.take()).isEqualTo(2);
    loop.wake();
    woken.countDown();
    assertThat(turns.take()).isEqualTo(3);

    loop.stop();
    loop.awaitEnd(LONG);
  }

  @Test
  void breaksOffATurnThatDoesNotEndInTime() throws InterruptedException {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch brokenOff = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "stuck",
            _ -> {
              working.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                brokenOff.countDown();
              }
            });
    loop.start();
    working.await();

    loop.stop();
    loop.awaitEnd(Duration.ofMillis(50));

    assertThat(brokenOff.await(1, TimeUnit.MILLISECONDS)).isTrue();
  }
}
