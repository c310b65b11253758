package dev.carillon.benchmarks.web;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/// The HTTP client alone: one request, sent over and over on so many virtual threads, each answer
/// read.
final class BareClient implements AutoCloseable {
  private final CloseableHttpClient client;
  private final int connections;

  BareClient(int connections) {
    this.connections = connections;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(connections)
                    .setMaxConnPerRoute(connections)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /// Sends it so many times, and tells how many times a second.
  double run(URI uri, String contentType, byte[] body, int requests) throws Exception {
    AtomicInteger left = new AtomicInteger(requests);
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(connections);
    long begin = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      Thread.startVirtualThread(() -> {
        try {
          while (failure.get() == null && left.getAndDecrement() > 0) {
            send(uri, contentType, body);
          }
        } catch (IOException e) {
          failure.set(e);
        } finally {
          done.countDown();
        }
      });
    }
    done.await();
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return requests * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private void send(URI uri, String contentType, byte[] body) throws IOException {
    HttpPost request = new HttpPost(uri);
    request.setHeader("Authorization", "Basic QUM6dG9rZW4=");
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
    client.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
  }
}
