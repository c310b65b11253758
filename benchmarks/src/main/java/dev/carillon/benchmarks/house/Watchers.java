package dev.carillon.benchmarks.house;

import dev.carillon.v1.BulkJob;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Many readers of one job's stream: measures how long after the job's end each of them knows.
public final class Watchers {
  private final Collection<Double> ends = new ConcurrentLinkedQueue<>();
  private final Collection<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore opening;
  private final CountDownLatch ready;
  private final CountDownLatch done;

  private Watchers(int count, int atOnce) {
    opening = new Semaphore(atOnce);
    ready = new CountDownLatch(count);
    done = new CountDownLatch(count);
  }

  /// Opens so many streams, spread over the clients, and waits for the first event of each.
  ///
  /// @param atOnce how many may wait for their first event at a time
  public static Watchers open(
      List<HouseClient> clients, String bulkId, int count, int atOnce, Duration patience)
      throws InterruptedException, TimeoutException {
    Watchers watchers = new Watchers(count, atOnce);
    for (int n = 0; n < count; n++) {
      watchers.opening.acquire();
      clients.get(n % clients.size()).watch(bulkId, watchers.new Watcher());
    }
    watchers.await(watchers.ready, patience, "first event");
    return watchers;
  }

  /// Waits until all streams are over; the times from the job's end to the reading of it.
  public Latencies awaitEnd(Duration patience) throws InterruptedException, TimeoutException {
    await(done, patience, "end");
    return Latencies.of(ends);
  }

  private void await(CountDownLatch latch, Duration patience, String what)
      throws InterruptedException, TimeoutException {
    boolean all = latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.size() + " streams failed", failures.iterator().next());
    }
    if (!all) {
      throw new TimeoutException(latch.getCount() + " watchers have not seen their " + what);
    }
  }

  private final class Watcher implements StreamObserver<WatchBulkJobResponse> {
    private boolean begun;

    @Override
    public void onNext(WatchBulkJobResponse event) {
      begin();
      if (event.hasEnd()) {
        BulkJob job = event.getEnd().getBulkJob();
        ends.add(Times.millisBetween(Times.instant(job.getEndTime()), Instant.now()));
      }
    }

    @Override
    public void onError(Throwable failure) {
      failures.add(failure);
      begin();
      done.countDown();
    }

    @Override
    public void onCompleted() {
      done.countDown();
    }

    private void begin() {
      if (!begun) {
        begun = true;
        opening.release();
        ready.countDown();
      }
    }
  }
}
