package dev.carillon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.Permits;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Permits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Three nodes, each with connections of its own, want more than one limit yields, through a change
/// of that limit. What they got is printed; what is asserted holds however slow the machine is.
class SharedRateIT {
  private static final int BEFORE = 500;
  private static final int AFTER = 200;
  private static final long PHASE = Duration.ofSeconds(5).toNanos();
  private static final double SAVED_SECONDS = 0.2;

  /// PostgreSQL's clock and ours may differ by so much of the time that passes.
  private static final double CLOCKS = 0.01;

  /// Well within what a bucket saves up.
  private static final long BETWEEN_CALLS = Duration.ofMillis(50).toNanos();

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  @Test
  void isKeptByThreeNodesThroughALiveChange() throws InterruptedException {
    try (TestDatabase first = TestDatabase.create();
        TestDatabase second = first.sameAgain();
        TestDatabase third = first.sameAgain()) {
      long start = System.nanoTime();
      List<Thread> nodes = new ArrayList<>();
      for (TestDatabase node : List.of(first, second, third)) {
        Permits permits = node.database().forEngine().permits();
        nodes.add(Thread.ofPlatform().start(() -> demand(permits, start)));
      }
      for (Thread node : nodes) {
        node.join();
      }
    }

    List<Call> all = calls.stream().sorted(Comparator.comparingLong(Call::answered)).toList();
    print(all, BEFORE);
    print(all, AFTER);
    double elapsed = seconds(all.getLast().answered - all.getFirst().asked);
    double given = all.stream().mapToDouble(call -> (double) call.permits / call.perSecond).sum();
    assertThat(given)
        .isLessThan(elapsed * (1 + CLOCKS) + SAVED_SECONDS)
        .isGreaterThan(elapsed * (1 - CLOCKS) - SAVED_SECONDS - 1.0 / AFTER - unasked(all));
  }

  private void demand(Permits permits, long start) {
    for (long now = start; now - start < 2 * PHASE; now = System.nanoTime()) {
      int perSecond = now - start < PHASE ? BEFORE : AFTER;
      long asked = System.nanoTime();
      Grant grant = permits.take(List.of(new Limit("carrier:race", perSecond)), 100, false);
      calls.add(new Call(asked, System.nanoTime(), perSecond, grant.permits()));
      if (grant.permits() == 0) {
        LockSupport.parkNanos(Math.max(grant.retryAfter().toNanos(), BETWEEN_CALLS));
      }
    }
  }

  /// At most so much of what the limit yielded was lost because nobody asked for it in time.
  private static double unasked(List<Call> all) {
    double lost = 0;
    for (int i = 1; i < all.size(); i++) {
      lost += Math.max(0, seconds(all.get(i).answered - all.get(i - 1).asked) - SAVED_SECONDS);
    }
    return lost;
  }

  private static void print(List<Call> all, int perSecond) {
    List<Call> some = all.stream().filter(call -> call.perSecond == perSecond).toList();
    double seconds = seconds(some.getLast().answered - some.getFirst().asked);
    int granted = some.stream().mapToInt(Call::permits).sum();
    System.out.printf(
        "three nodes at a limit of %d/s: %.0f/s in %.1f s, %d calls%n",
        perSecond, granted / seconds, seconds, some.size());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private record Call(long asked, long answered, int perSecond, int permits) {}
}
