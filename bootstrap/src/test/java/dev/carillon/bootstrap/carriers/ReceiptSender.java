package dev.carillon.bootstrap.carriers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A carrier's calls to the house: in their order for each message, each again after a pause until
/// it is answered with 2xx.
final class ReceiptSender implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final int MOST_TRIES = 300;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger failed = new AtomicInteger();

  /// Makes calls some time.
  void later(List<Call> calls) {
    threads.execute(() -> now(calls));
  }

  /// Makes calls, and returns when they are answered.
  void now(List<Call> calls) {
    room.acquireUninterruptibly();
    try {
      calls.forEach(this::send);
    } finally {
      room.release();
    }
  }

  /// How many calls were never answered with 2xx.
  int failed() {
    return failed.get();
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new AssertionError("calls are left");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    client.close();
  }

  private void send(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(call.url()))
            .header("Content-Type", call.contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        HttpResponse<Void> answer =
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 == 2) {
          return;
        }
      } catch (IOException e) {
        // As after an answer that is not 2xx.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    failed.incrementAndGet();
  }

  /// One call.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Call(String url, String contentType, Map<String, String> headers, byte[] body) {}
}
