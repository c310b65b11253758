package dev.carillon.providers.tokens;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A key set on the web. Goes where it was told to and nowhere else.
final class WebKeys implements KeySource {
  private static final Duration MOST_TIME = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final HttpRequest request;

  WebKeys(URI address) {
    this.request =
        HttpRequest.newBuilder(address)
            .header("accept", "application/jwk-set+json, application/json")
            .timeout(MOST_TIME)
            .build();
  }

  @Override
  public String read() throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(MOST_TIME)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      return inTime(new FutureTask<>(() -> body(client)));
    } finally {
      client.shutdownNow();
    }
  }

  /// The request's own time limit ends with the headers of the answer; this one does not.
  private static String inTime(FutureTask<String> reading) throws IOException {
    Thread.ofVirtual().name("token-keys").start(reading);
    try {
      return reading.get(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException known
          ? known
          : new IOException("the key set cannot be read", failure.getCause());
    } catch (TimeoutException slow) {
      throw new IOException("the key set was not there within " + MOST_TIME, slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private String body(HttpClient client) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
    if (response.statusCode() != OK) {
      throw new IOException("the key set's address answers " + response.statusCode());
    }
    return response.body();
  }
}
