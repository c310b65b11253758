package dev.carillon.benchmarks.watching;

import dev.carillon.benchmarks.house.Latencies;
import dev.carillon.benchmarks.watching.ChangeLog.Change;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/// Many readers of several jobs' streams. A stream that breaks is opened again by its token, at
/// whichever node is to be asked by then.
public final class Watchers {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration FAST_HEARTBEAT = Duration.ofSeconds(1);
  private static final long BETWEEN_NANOS = Duration.ofMillis(1).toNanos() / 2;

  private final List<Watcher> watchers = new ArrayList<>();
  private final Collection<Watcher> broken = new ConcurrentLinkedQueue<>();
  private final Collection<Double> resumed = new ConcurrentLinkedQueue<>();
  private final Collection<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore opening;
  private final CountDownLatch ready;
  private final CountDownLatch over;
  private volatile long brokenAt;

  private Watchers(List<String> bulkIds, int count, int atOnce) {
    opening = new Semaphore(atOnce);
    ready = new CountDownLatch(count);
    over = new CountDownLatch(count);
    for (int n = 0; n < count; n++) {
      watchers.add(new Watcher(bulkIds.get(n % bulkIds.size()), this));
    }
  }

  /// Opens so many streams, spread over the jobs and connections, and waits for the first event of
  /// each.
  ///
  /// @param atOnce how many may wait for their first event at a time
  public static Watchers open(
      WatchClients clients, List<String> bulkIds, int count, int atOnce, Duration patience)
      throws InterruptedException, TimeoutException {
    Watchers all = new Watchers(bulkIds, count, atOnce);
    for (Watcher watcher : all.watchers) {
      all.opening.acquire();
      clients.open(watcher.request(HEARTBEAT), watcher);
    }
    all.await(all.ready, patience, "first event");
    return all;
  }

  /// To be called when the node they read from has been killed: they go on at another, and the call
  /// returns when every stream has told something again.
  ///
  /// @return times from now to the first event at the other node
  public Latencies goOnAt(WatchClients others, Duration patience)
      throws InterruptedException, TimeoutException {
    long left = over.getCount();
    brokenAt = System.nanoTime();
    long end = brokenAt + patience.toNanos();
    while (resumed.size() < left) {
      for (Watcher watcher : List.copyOf(broken)) {
        broken.remove(watcher);
        others.open(watcher.request(FAST_HEARTBEAT), watcher);
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
      if (System.nanoTime() > end || !failures.isEmpty()) {
        throw new TimeoutException("%d of %d streams went on".formatted(resumed.size(), left));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return Latencies.of(resumed);
  }

  /// Waits until all streams are over.
  public void awaitEnd(Duration patience) throws InterruptedException, TimeoutException {
    await(over, patience, "end");
  }

  /// The ages of all changes when each of the readers read of them.
  public Latencies ages(Map<String, List<Change>> changes) {
    DoubleStream.Builder ages = DoubleStream.builder();
    for (Watcher watcher : watchers) {
      watcher.ages(changes.getOrDefault(watcher.bulkId(), List.of()), ages);
    }
    return Latencies.of(ages.build().toArray());
  }

  /// How many have read that their job ended.
  public long ends() {
    return watchers.stream().filter(Watcher::hasEnded).count();
  }

  /// Events that told one of them nothing newer than it had read.
  public long repeated() {
    return watchers.stream().mapToLong(Watcher::repeated).sum();
  }

  /// Events that all have read, heartbeats left out.
  public long events() {
    return watchers.stream().mapToLong(Watcher::events).sum();
  }

  void begun() {
    opening.release();
    ready.countDown();
    long since = brokenAt;
    if (since != 0) {
      resumed.add((System.nanoTime() - since) / 1e6);
    }
  }

  void broken(Watcher watcher, Throwable failure) {
    Status.Code code = Status.fromThrowable(failure).getCode();
    // A node to which thousands come at once refuses some for now.
    boolean refused = brokenAt != 0 && code == Status.Code.RESOURCE_EXHAUSTED;
    if (code == Status.Code.UNAVAILABLE || refused) {
      broken.add(watcher);
    } else {
      failures.add(failure);
      ready.countDown();
      over.countDown();
    }
  }

  void completed() {
    over.countDown();
  }

  private void await(CountDownLatch latch, Duration patience, String what)
      throws InterruptedException, TimeoutException {
    boolean all = latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    checkFailures();
    if (!all) {
      throw new TimeoutException(
          "%d watchers have not seen their %s, %d streams are broken"
              .formatted(latch.getCount(), what, broken.size()));
    }
  }

  private void checkFailures() {
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.size() + " streams failed", failures.iterator().next());
    }
  }
}
