package dev.carillon.benchmarks.house;

import dev.carillon.v1.WatchBulkJobRequest;
import dev.carillon.v1.WatchBulkJobResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Readers of one job's stream that take the first event and then none until they are told to go
/// on.
public final class SlowReaders {
  private final List<Reader> readers = new ArrayList<>();

  private SlowReaders() {}

  /// Opens so many streams, spread over the clients, and waits for the first event of each.
  public static SlowReaders open(
      List<HouseClient> clients, String bulkId, int count, Duration patience)
      throws InterruptedException, TimeoutException {
    SlowReaders slow = new SlowReaders();
    for (int n = 0; n < count; n++) {
      Reader reader = new Reader();
      slow.readers.add(reader);
      clients.get(n % clients.size()).watch(bulkId, reader);
    }
    for (Reader reader : slow.readers) {
      reader.await(reader.first, patience);
    }
    return slow;
  }

  /// Reads all that there is, to the end of each stream.
  public Caught catchUp(Duration patience) throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    readers.forEach(Reader::goOn);
    int most = 0;
    int ends = 0;
    for (Reader reader : readers) {
      reader.await(reader.over, patience);
      most = Math.max(most, reader.events);
      ends += reader.sawEnd ? 1 : 0;
    }
    return new Caught((System.nanoTime() - start) / 1e6, most, ends);
  }

  /// What they still got.
  ///
  /// @param millis until the last of them was through
  /// @param mostEvents most events that one of them read, the first included
  /// @param ends how many were told of the job's end
  public record Caught(double millis, int mostEvents, int ends) {}

  private static final class Reader
      implements ClientResponseObserver<WatchBulkJobRequest, WatchBulkJobResponse> {
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable ClientCallStreamObserver<WatchBulkJobRequest> call;
    private volatile int events;
    private volatile boolean sawEnd;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchBulkJobRequest> stream) {
      stream.disableAutoRequestWithInitial(1);
      call = stream;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one stream calls from one thread at a time
    public void onNext(WatchBulkJobResponse event) {
      events++;
      sawEnd |= event.hasEnd();
      first.countDown();
    }

    @Override
    public void onError(Throwable failure) {
      first.countDown();
      over.countDown();
    }

    @Override
    public void onCompleted() {
      over.countDown();
    }

    private void goOn() {
      ClientCallStreamObserver<WatchBulkJobRequest> stream = call;
      if (stream != null) {
        stream.request(Integer.MAX_VALUE);
      }
    }

    private void await(CountDownLatch latch, Duration patience)
        throws InterruptedException, TimeoutException {
      if (!latch.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException("a reader waits for its next event");
      }
    }
  }
}
