package dev.carillon.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.TestCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApacheCarrierHttpIT {
  private static final HttpLimits LIMITS =
      new HttpLimits(2, Duration.ofSeconds(2), Duration.ofSeconds(1), 1_000);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

  /// More than the system takes for a peer that does not read.
  private static final byte[] HUGE = new byte[32 << 20];

  @TempDir Path directory;

  private ApacheCarrierHttp http = new ApacheCarrierHttp(LIMITS);

  @AfterEach
  void closeClient() {
    http.close();
  }

  @Test
  void bringsTheAnswer() throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          assertThat(line.request())
              .startsWith("POST /messages?a=b HTTP/1.1\r\n")
              .containsIgnoringCase("Content-Type: application/json")
              .containsIgnoringCase("Authorization: Basic abc");
          line.write(
              """
              HTTP/1.1 429 Too Many
              Retry-After: 7
              X-A: 1
              X-A: 2
              Transfer-Encoding: chunked

              3
              abc
              2
              de
              0

              """
                  .replace("\n", "\r\n"));
        })) {
      HttpResult.Answered answer = answered(http.send(post(peer.uri("/messages?a=b"), "{}")));

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).contains("7");
      assertThat(answer.header("x-a")).contains("1");
      assertThat(answer.header("x-b")).isEmpty();
      assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("abcde");
      assertThat(answer.truncated()).isFalse();
    }
  }

  @Test
  void usesAConnectionAgain() throws IOException {
    try (RawPeer peer = answering(OK)) {
      for (int i = 0; i < 5; i++) {
        assertThat(answered(http.send(post(peer.uri("/"), "x"))).status()).isEqualTo(200);
      }

      assertThat(peer.requests()).isEqualTo(5);
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 307 Again\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Busy\r\nContent-Length: 0\r\n\r\n"
      })
  void sendsEachRequestOnceWhateverIsAnswered(String answer) throws IOException {
    try (RawPeer peer = answering(answer)) {
      int status = Integer.parseInt(answer.substring(9, 12));

      assertThat(answered(http.send(post(peer.uri("/"), "x"))).status()).isEqualTo(status);
      assertThat(peer.requests()).isEqualTo(1);
    }
  }

  @Test
  void hasSentNothingWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }

    assertThat(http.send(post(URI.create("http://localhost:" + port + "/"), "x")))
        .isInstanceOf(HttpResult.NotSent.class);
  }

  @Test
  void hasSentNothingWhereTheNameIsUnknown() {
    assertThat(http.send(post(URI.create("http://nobody.invalid/"), "x")))
        .isEqualTo(new HttpResult.NotSent("the host name could not be looked up"));
  }

  @Test
  void hasNotSentWhatThePeerDidNotLetItWriteWhole() throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.socket().setSoLinger(true, 0);
          line.socket().getInputStream().read();
        })) {
      assertThat(http.send(post(peer.uri("/"), HUGE))).isInstanceOf(HttpResult.NotSent.class);
    }
  }

  @Test
  void hasNotSentWhatThePeerDoesNotReadInTime() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (RawPeer peer = RawPeer.doing(_ -> over.await())) {
      assertWithin(LIMITS.whole(), post(peer.uri("/"), HUGE), HttpResult.NotSent.class);
    } finally {
      over.countDown();
    }
  }

  @Test
  void hasNoAnswerWhenTheConnectionBreaksAfterTheRequest() throws IOException {
    try (RawPeer peer = RawPeer.doing(RawPeer.Line::request)) {
      assertThat(http.send(post(peer.uri("/"), "x"))).isInstanceOf(HttpResult.NoAnswer.class);
      assertThat(peer.requests()).isEqualTo(1);
    }
  }

  @Test
  void doesNotSendAgainWhatWentOutOverAConnectionThatWasJustClosed() throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          line.write(OK);
          line.request();
        })) {
      assertThat(answered(http.send(post(peer.uri("/"), "x"))).status()).isEqualTo(200);
      assertThat(http.send(post(peer.uri("/"), "x"))).isInstanceOf(HttpResult.NoAnswer.class);
      assertThat(peer.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "HELLO\r\n\r\n",
        "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void hasNoAnswerWhenTheAnswerIsNotWhole(String answer) throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          line.write(answer);
        })) {
      assertThat(http.send(post(peer.uri("/"), "x"))).isInstanceOf(HttpResult.NoAnswer.class);
      assertThat(peer.requests()).isEqualTo(1);
    }
  }

  @Test
  void hasNoAnswerWhenNoneComesInTime() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          over.await();
        })) {
      assertWithin(LIMITS.whole(), post(peer.uri("/"), "x"), HttpResult.NoAnswer.class);
    } finally {
      over.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Long: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void cutsAnAnswerOffThatDripsInForTooLong(String beginning) throws IOException {
    try (RawPeer peer = RawPeer.doing(line -> drip(line, beginning))) {
      assertWithin(LIMITS.whole(), post(peer.uri("/"), "x"), HttpResult.NoAnswer.class);
    }
  }

  @Test
  void readsNoMoreOfAnAnswerThanIsAllowed() throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          line.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
          String piece = "x".repeat(10_000);
          while (true) {
            line.write(piece);
          }
        })) {
      HttpResult.Answered answer = answered(http.send(post(peer.uri("/"), "x")));

      assertThat(answer.body()).hasSize(1_000);
      assertThat(answer.truncated()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void waitsForNoEndOfAnAnswerThatIsTooLongAndKeepsNoConnection(String head) throws Exception {
    HttpLimits patient = new HttpLimits(1, Duration.ofSeconds(5), Duration.ofSeconds(60), 1_000);
    SSLContext tls = TestCertificate.in(directory, "EC").context();
    CountDownLatch over = new CountDownLatch(1);
    RawPeer.Script endless =
        line -> {
          line.request();
          line.write(head + "x".repeat(1_001));
          over.await();
        };
    try (ApacheCarrierHttp one = new ApacheCarrierHttp(patient, tls);
        RawPeer plain = RawPeer.doing(endless);
        RawPeer secured =
            RawPeer.overTls(tls.getServerSocketFactory().createServerSocket(0), endless);
        RawPeer usual = answering(OK)) {
      long began = System.nanoTime();
      for (URI uri : List.of(plain.uri("/"), secured.uri("/"), plain.uri("/"), secured.uri("/"))) {
        HttpResult.Answered answer = answered(one.send(post(uri, "x")));
        assertThat(answer.body()).hasSize(1_000);
        assertThat(answer.truncated()).isTrue();
      }
      assertThat(answered(one.send(post(usual.uri("/"), "x"))).status()).isEqualTo(200);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    } finally {
      over.countDown();
    }
  }

  @Test
  void readsAnAnswerThatIsJustAsLongAsIsAllowed() throws IOException {
    String body = "x".repeat(1_000);
    try (RawPeer peer = answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + body)) {
      HttpResult.Answered answer = answered(http.send(get(peer.uri("/"))));

      assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(body);
      assertThat(answer.truncated()).isFalse();
    }
  }

  @Test
  void takesNoAnswerWithHeadersWithoutEnd() throws IOException {
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          line.write("HTTP/1.1 200 OK\r\n");
          while (true) {
            line.write("X-A: " + "x".repeat(1_000) + "\r\n");
          }
        })) {
      assertThat(http.send(get(peer.uri("/")))).isInstanceOf(HttpResult.NoAnswer.class);
    }
  }

  @Test
  void waitsForAFreeConnectionOnlySoLong() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    HttpLimits patient = new HttpLimits(1, Duration.ofMillis(300), Duration.ofSeconds(20), 1_000);
    try (ApacheCarrierHttp one = new ApacheCarrierHttp(patient);
        RawPeer peer =
            RawPeer.doing(line -> {
              line.request();
              over.await();
              line.write(OK);
            })) {
      FutureTask<HttpResult> first = new FutureTask<>(() -> one.send(post(peer.uri("/"), "first")));
      Thread.ofVirtual().start(first);
      await(() -> peer.requests() == 1);

      assertThat(one.send(post(peer.uri("/"), "second")))
          .isEqualTo(new HttpResult.NotSent("no connection was free in time"));
      over.countDown();
      assertThat(answered(first.get(20, TimeUnit.SECONDS)).status()).isEqualTo(200);
      assertThat(peer.requests()).isEqualTo(1);
    }
  }

  @Test
  void breaksOffWhatIsUnderWayWhenItIsClosed() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    HttpLimits patient = new HttpLimits(1, Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000);
    ApacheCarrierHttp closed = new ApacheCarrierHttp(patient);
    try (RawPeer peer =
        RawPeer.doing(line -> {
          line.request();
          over.await();
        })) {
      FutureTask<HttpResult> sent = new FutureTask<>(() -> closed.send(post(peer.uri("/"), "x")));
      Thread.ofVirtual().start(sent);
      await(() -> peer.requests() == 1);
      closed.close();

      assertThat(sent.get(20, TimeUnit.SECONDS)).isInstanceOf(HttpResult.NoAnswer.class);
      assertThat(closed.send(post(peer.uri("/"), "x"))).isInstanceOf(HttpResult.NotSent.class);
      assertThat(peer.requests()).isEqualTo(1);
    } finally {
      over.countDown();
    }
  }

  @Test
  void speaksTlsWithWhomItTrustsAndCutsItOffAsWell() throws Exception {
    SSLContext tls = TestCertificate.in(directory, "EC").context();
    http.close();
    http = new ApacheCarrierHttp(LIMITS, tls);
    try (RawPeer peer =
            RawPeer.overTls(
                tls.getServerSocketFactory().createServerSocket(0),
                line -> {
                  line.request();
                  line.write(OK);
                });
        RawPeer dripping =
            RawPeer.overTls(
                tls.getServerSocketFactory().createServerSocket(0),
                line -> drip(line, "HTTP/1.1 200 OK\r\nX-Long: "))) {
      assertThat(answered(http.send(post(peer.uri("/"), "x"))).status()).isEqualTo(200);
      assertWithin(LIMITS.whole(), post(dripping.uri("/"), "x"), HttpResult.NoAnswer.class);
    }
  }

  @Test
  void sendsNothingToWhomItDoesNotTrust() throws Exception {
    SSLContext strange = TestCertificate.in(directory, "EC").context();
    try (RawPeer peer =
        RawPeer.overTls(
            strange.getServerSocketFactory().createServerSocket(0), RawPeer.Line::request)) {
      HttpResult result = http.send(post(peer.uri("/"), "x"));

      assertThat(result).isInstanceOf(HttpResult.NotSent.class);
      assertThat(peer.requests()).isZero();
    }
  }

  @Test
  void sendsNothingWhereTheTlsHandshakeDoesNotEnd() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (RawPeer peer = RawPeer.doing(_ -> over.await())) {
      URI uri = URI.create(peer.uri("/").toString().replace("http:", "https:"));
      assertWithin(LIMITS.whole(), post(uri, "x"), HttpResult.NotSent.class);
    } finally {
      over.countDown();
    }
  }

  @Test
  void saysNothingOfWhatItSends() {
    HttpCall call = post(URI.create("https://api.example.org/+263771234567?to=a"), "secret");

    assertThat(call.toString()).isEqualTo("HttpCall[POST api.example.org]");
    assertThat(new HttpResult.Answered(200, Map.of("a", "b"), new byte[1], false).toString())
        .isEqualTo("Answered[200]");
  }

  private static RawPeer answering(String answer) throws IOException {
    return RawPeer.doing(line -> {
      while (true) {
        line.request();
        line.write(answer);
      }
    });
  }

  private static void drip(RawPeer.Line line, String beginning)
      throws IOException, InterruptedException {
    line.request();
    line.write(beginning);
    while (true) {
      line.write("x");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void assertWithin(Duration most, HttpCall call, Class<? extends HttpResult> expected) {
    long began = System.nanoTime();
    HttpResult result = http.send(call);
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(result).isInstanceOf(expected);
    assertThat(took).isLessThan(most.plusSeconds(1));
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
  }

  private static HttpResult.Answered answered(HttpResult result) {
    assertThat(result).isInstanceOf(HttpResult.Answered.class);
    return (HttpResult.Answered) result;
  }

  private static HttpCall post(URI uri, String body) {
    return post(uri, body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpCall post(URI uri, byte[] body) {
    return new HttpCall(
        "POST", uri, Map.of("Authorization", "Basic abc"), "application/json", body);
  }

  private static HttpCall get(URI uri) {
    return new HttpCall("GET", uri, Map.of(), "", new byte[0]);
  }
}
