package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.providers.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CallbackServerIT {
  private static final CallbackConfig.Limits LIMITS =
      new CallbackConfig.Limits(
          50, 2, Duration.ofMillis(100), 10_000, 100_000, Duration.ofSeconds(1));
  private static final URI OUTSIDE = URI.create("https://hooks.example.org/carillon/");

  @TempDir Path directory;

  private final RecordingNotices sink = new RecordingNotices();
  private final SignedCallbacks twilio = new SignedCallbacks();
  private final SignedCallbacks links = new SignedCallbacks();
  private final AtomicBoolean healthy = new AtomicBoolean(true);
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable CallbackServer server;
  private String base = "";
  private int port;

  @AfterEach
  void stop() throws Exception {
    client.close();
    if (server != null) {
      server.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  void thanksForWhatItHasStored() throws Exception {
    start(LIMITS);
    HttpResponse<String> answer = call("/callbacks/twilio", "SM1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<a/>");
    assertThat(answer.headers().firstValue("content-type")).contains("text/xml");
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(sink.notices()).containsExactly(Tellings.delivered("SM1"));
  }

  @Test
  void givesACallToItsCarrierAsItWasMadeFromOutside() throws Exception {
    start(LIMITS);
    call("/callbacks/twilio/status.x/y?ref=a%20b&ref=c&d=%C3%A9", "SM1");

    CallbackRequest request = twilio.last();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.url())
        .isEqualTo(
            "https://hooks.example.org/carillon/callbacks/twilio/status.x/y"
                + "?ref=a%20b&ref=c&d=%C3%A9");
    assertThat(request.path()).isEqualTo("/status.x/y");
    assertThat(request.query().get("ref")).containsExactly("a b", "c");
    assertThat(request.parameter("d")).contains("é");
    assertThat(request.header("x-SIGN")).contains("genuine");
    assertThat(request.body()).asString(StandardCharsets.UTF_8).isEqualTo("SM1");
    assertThat(request.toString()).doesNotContain("SM1");
  }

  @Test
  void takesThatAnAddressIsNotToBeWrittenTo() throws Exception {
    start(LIMITS);

    assertThat(call("/unsubscribe/abc.def", "M1").statusCode()).isEqualTo(200);
    assertThat(links.last().path()).isEqualTo("/abc.def");
    assertThat(sink.notices()).hasSize(1);
  }

  @Test
  void refusesWhatIsNotGenuineAndStoresNothing() throws Exception {
    start(LIMITS);
    HttpRequest unsigned =
        request("/callbacks/twilio").POST(BodyPublishers.ofString("SM1")).build();
    HttpRequest wrong =
        request("/callbacks/twilio")
            .header("X-Sign", "forged")
            .POST(BodyPublishers.ofString("SM1"))
            .build();

    assertThat(status(unsigned)).isEqualTo(401);
    assertThat(status(wrong)).isEqualTo(401);
    assertThat(sink.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/callbacks/twilio,broken,400",
    "/callbacks/twilio,bug,500",
    "/callbacks/nobody,SM1,404",
    "/callbacks/,SM1,404",
    "/callbacks/NOT A NAME,SM1,404",
    "/callbacks,SM1,404",
    "/unsubscribe,SM1,404",
    "/,SM1,404",
    "/admin,SM1,404"
  })
  void answersWhatItCannotTake(String path, String body, int status) throws Exception {
    start(LIMITS);

    assertThat(call(path.replace(" ", "%20"), body).statusCode()).isEqualTo(status);
    assertThat(sink.calls()).isEmpty();
  }

  @Test
  void takesNoOtherMethods() throws Exception {
    start(LIMITS);
    for (String method : List.of("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")) {
      HttpRequest other =
          request("/callbacks/twilio").method(method, BodyPublishers.ofString("SM1")).build();

      assertThat(status(other)).as(method).isEqualTo(405);
    }
    assertThat(sink.calls()).isEmpty();
  }

  @Test
  void letsACarrierAnswerAChallenge() throws Exception {
    start(LIMITS);
    HttpRequest get =
        request("/callbacks/twilio?hub.challenge=7").header("X-Sign", "genuine").GET().build();
    HttpResponse<String> answer = client.send(get, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("challenge");
    assertThat(twilio.last().parameter("hub.challenge")).contains("7");
  }

  @Test
  void asksToComeAgainWhenTheStoreIsAway() throws Exception {
    start(LIMITS);
    sink.first(_ -> {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(7)));
    });
    HttpResponse<String> away = call("/callbacks/twilio", "SM1");
    sink.first(_ -> {});

    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.headers().firstValue("retry-after")).contains("7");
    assertThat(sink.notices()).isEmpty();
    assertThat(call("/callbacks/twilio", "SM1").statusCode()).isEqualTo(200);
    assertThat(sink.notices()).hasSize(1);
  }

  @Test
  void readsNoBodyThatIsTooLarge() throws Exception {
    start(LIMITS);
    // Whoever still writes when the connection is closed may not get to see the answer.
    for (int length : new int[] {100_001, 1_000_000_000}) {
      try (Socket socket = connect()) {
        write(socket, head("POST", "Content-Length: " + length));

        assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("Connection: close");
      }
    }
    assertThat(call("/callbacks/twilio", "x".repeat(100_000)).statusCode()).isEqualTo(200);
    assertThat(sink.notices()).hasSize(1);
  }

  @Test
  void stopsReadingABodyThatHasNoEnd() throws Exception {
    start(LIMITS);
    long written = 0;
    try (Socket socket = connect()) {
      write(socket, head("POST", "Transfer-Encoding: chunked"));
      String piece = "2710\r\n" + "x".repeat(10_000) + "\r\n";
      while (written < 1L << 30) {
        write(socket, piece);
        written += 10_000;
      }
    } catch (IOException cutOff) {
      // that is what is awaited
    }

    assertThat(written).isLessThan(64L << 20);
    assertThat(call("/callbacks/twilio", "SM1").statusCode()).isEqualTo(200);
    assertThat(sink.notices()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /callbacks/twilio HTTP/1.1\r\nHost: a\r\nX-Sign: ",
        "POST /callbacks/twilio HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n",
        "POST /callbacks/twilio HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n"
      })
  void cutsOffWhatDripsIn(String beginning) throws Exception {
    start(LIMITS);
    long began = System.nanoTime();
    try (Socket socket = connect()) {
      write(socket, beginning);
      while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20)) {
        write(socket, "x");
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException cutOff) {
      // that is what is awaited
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(sink.calls()).isEmpty();
  }

  @Test
  void whoHoldsAllConnectionsKeepsOthersOutOnlyForAMoment() throws Exception {
    start(LIMITS);
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * LIMITS.connections(); i++) {
        Socket socket = connect();
        held.add(socket);
        write(socket, "POST /callbacks/twilio HTTP/1.1\r\n");
      }

      assertThat(call("/callbacks/twilio", "SM1").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void worksOnOnlySoManyCallsAtATime() throws Exception {
    start(LIMITS);
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> await(storing));
    List<FutureTask<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String body = "SM" + i;
      FutureTask<Integer> call =
          new FutureTask<>(() -> call("/callbacks/twilio", body).statusCode());
      Thread.ofVirtual().start(call);
      calls.add(call);
    }
    sink.awaitCalls(2);
    HttpResponse<String> third = call("/callbacks/twilio", "SM3");
    storing.countDown();

    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(third.headers().firstValue("retry-after")).contains("1");
    for (FutureTask<Integer> call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    }
    assertThat(sink.notices()).hasSize(2);
  }

  @Test
  void takesOnlySoManyCallsInASecond() throws Exception {
    start(new CallbackConfig.Limits(50, 2, Duration.ofSeconds(1), 5, 1_024, Duration.ofSeconds(1)));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40 && !statuses.contains(429); i++) {
      statuses.add(call("/callbacks/twilio", "SM" + i).statusCode());
    }

    assertThat(statuses).contains(429).startsWith(200);
    assertThat(sink.notices()).hasSize(statuses.size() - 1);
  }

  @Test
  void tellsItsHealth() throws Exception {
    start(LIMITS);
    HttpRequest ask = request("/healthz").GET().build();

    assertThat(status(ask)).isEqualTo(200);
    healthy.set(false);
    assertThat(status(ask)).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void speaksTls(String algorithm) throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, algorithm);
    SSLContext trust = certificate.context();
    CallbackConfig.Limits patient =
        new CallbackConfig.Limits(
            50, 2, Duration.ofSeconds(5), 10_000, 100_000, Duration.ofSeconds(4));
    start(patient, new CallbackConfig.Tls(certificate.certificate(), certificate.key()));
    try (HttpClient secure = HttpClient.newBuilder().sslContext(trust).build()) {
      HttpRequest call =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/callbacks/twilio"))
              .header("X-Sign", "genuine")
              .POST(BodyPublishers.ofString("SM1"))
              .build();

      assertThat(secure.send(call, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    long began = System.nanoTime();
    try (Socket silent = connect()) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET\r\n\r\n",
        "POST SECRET HTTP/1.1\r\n\r\n",
        "POST /callbacks/twilio HTTP/1.1\r\nHost: a\r\nContent-Length: SECRET\r\n\r\n",
        "POST /callbacks/twilio?a=%zzSECRET HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "POST /callbacks/%2e%2e/SECRET HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /callbacks/twilio HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n"
            + "\r\nSECRET"
      })
  void repeatsNothingOfWhatIsNoCall(String sent) throws Exception {
    start(LIMITS);
    try (Socket socket = connect()) {
      write(socket, sent);

      assertThat(answer(socket)).startsWith("HTTP/1.1 4").doesNotContain("SECRET");
    }
    assertThat(sink.calls()).isEmpty();
  }

  @Test
  void finishesWhatItIsWorkingOnAndRefusesTheRestWhenItStops() throws Exception {
    start(LIMITS);
    CountDownLatch storing = new CountDownLatch(1);
    sink.first(_ -> await(storing));
    FutureTask<Integer> under =
        new FutureTask<>(() -> call("/callbacks/twilio", "SM1").statusCode());
    Thread.ofVirtual().start(under);
    sink.awaitCalls(1);
    started().drain();

    assertThat(call("/callbacks/twilio", "SM2").statusCode()).isEqualTo(503);
    FutureTask<Void> stopped =
        new FutureTask<>(() -> {
          started().stop(Duration.ofSeconds(20));
          return null;
        });
    Thread.ofVirtual().start(stopped);
    storing.countDown();
    assertThat(under.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(sink.notices()).containsExactly(Tellings.delivered("SM1"));
  }

  private void start(CallbackConfig.Limits limits) throws Exception {
    start(limits, null);
  }

  private void start(CallbackConfig.Limits limits, CallbackConfig.@Nullable Tls tls)
      throws Exception {
    CallbackConfig config =
        new CallbackConfig(true, "127.0.0.1", 0, tls, new CallbackPlace(OUTSIDE, ""), limits);
    CallbackServer started =
        new CallbackServer(
            config,
            id -> id.equals(new CarrierId("twilio")) ? Optional.of(twilio) : Optional.empty(),
            Optional.of(links::answer),
            sink,
            healthy::get);
    server = started;
    port = started.start();
    base = "http://127.0.0.1:" + port;
  }

  private CallbackServer started() {
    CallbackServer started = server;
    if (started == null) {
      throw new AssertionError("it is not started");
    }
    return started;
  }

  private HttpResponse<String> call(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest call =
        request(path).header("X-Sign", "genuine").POST(BodyPublishers.ofString(body)).build();
    return client.send(call, BodyHandlers.ofString());
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String head(String method, String header) {
    return method
        + " /callbacks/twilio HTTP/1.1\r\nHost: a\r\nX-Sign: genuine\r\n"
        + header
        + "\r\n\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// All that comes until the connection is closed.
  private static String answer(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
