package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Background;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that would hold, flood or mislead whoever sends to them.
class HostileReceiverIT {
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final ApacheWebhookSender sender =
      new ApacheWebhookSender(Senders.LOOPBACK, Senders.BOX, InstantSource.system());

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void cutsHeadersThatComeByteByByte() throws IOException {
    try (Receiver receiver = Receiver.doing(out -> dripHeaders(out))) {
      DeliveryAnswer answer = send(receiver.url());

      assertThat(cause(answer)).isEqualTo(Cause.TIMED_OUT);
      assertThat(answer.took()).isLessThan(Senders.LOOPBACK.whole().plus(SLACK));
    }
  }

  @Test
  void cutsABodyThatComesByteByByte() throws IOException {
    try (Receiver receiver =
        Receiver.doing(out -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
          drip(out, "x");
        })) {
      assertThat(cause(send(receiver.url()))).isEqualTo(Cause.TIMED_OUT);
    }
  }

  @Test
  void cutsHeadersWithoutEnd() throws IOException {
    AtomicLong written = new AtomicLong();
    try (Receiver receiver =
        Receiver.doing(out -> {
          write(out, "HTTP/1.1 200 OK\r\n");
          flood(out, "X-More: " + "y".repeat(1_000) + "\r\n", written);
        })) {
      DeliveryAnswer answer = send(receiver.url());

      assertThat(answer.delivered()).isFalse();
      assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void readsNoMoreOfABodyThanItMay() throws IOException {
    AtomicLong written = new AtomicLong();
    try (Receiver receiver =
        Receiver.doing(out -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
          flood(out, "z".repeat(8_192), written);
        })) {
      DeliveryAnswer answer = send(receiver.url());

      assertThat(answer).isInstanceOf(Answered.class);
      assertThat(((Answered) answer).excerpt()).hasSize(1_024);
      assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
      // what the buffers of both sockets hold was written, too
      assertThat(written.get()).isLessThan(1_024 * 1_024);
    }
  }

  @Test
  void waitsForNobodyWhoAcceptsAndSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      DeliveryAnswer answer = send("http://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThat(cause(answer)).isEqualTo(Cause.TIMED_OUT);
      assertThat(answer.took()).isLessThan(Senders.LOOPBACK.whole().plus(SLACK));
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (Receiver inside = Receiver.answering(Receiver.OK)) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        try (Receiver receiver =
            Receiver.answering(
                "HTTP/1.1 "
                    + status
                    + " Moved\r\nLocation: "
                    + inside.url()
                    + "\r\nContent-Length: 0\r\n\r\n")) {
          DeliveryAnswer answer = send(receiver.url());

          assertThat(answer).isInstanceOf(Answered.class);
          assertThat(((Answered) answer).status()).isEqualTo(status);
          assertThat(answer.delivered()).isFalse();
        }
      }
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void saysWhatWentWrong() throws IOException {
    // Bound and not listening, so that nobody else gets the port meanwhile.
    try (Socket closed = new Socket();
        Receiver noHttp = Receiver.answering("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        Receiver silent = Receiver.answering("");
        Receiver plain = Receiver.answering(Receiver.OK)) {
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(cause(send("http://127.0.0.1:" + closed.getLocalPort() + "/")))
          .isEqualTo(Cause.NO_CONNECTION);
      assertThat(cause(send("http://no-such-host.invalid/"))).isEqualTo(Cause.UNKNOWN_HOST);
      assertThat(cause(send(noHttp.url()))).isIn(Cause.NOT_HTTP, Cause.BROKEN_OFF);
      assertThat(cause(send(silent.url()))).isEqualTo(Cause.BROKEN_OFF);
      assertThat(cause(send("https://127.0.0.1:" + plain.port() + "/")))
          .isEqualTo(Cause.TLS_FAILED);
    }
  }

  /// Lines that the parser of the HTTP client itself stumbles over.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 000 X",
        "HTTP/1.-1 200 OK",
        "HTTP/1.1 -20 OK",
        "HTTP/1.1 99999999999 OK",
        "HTTP/99999999999.1 200 OK",
        "HTTP/1.1  ",
        "HTTP/1.1"
      })
  void takesAStrangeStatusLineForNoHttp(String line) throws IOException {
    try (Receiver receiver = Receiver.answering(line + "\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(cause(send(receiver.url()))).isIn(Cause.NOT_HTTP, Cause.BROKEN_OFF);
    }
  }

  @Test
  void saysNothingOfAReceiverThatItHadNoTimeFor() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Background<Optional<DeliveryAnswer>> attempt =
          Background.start(
              () -> sender.send(Senders.to("http://127.0.0.1:" + silent.getLocalPort() + "/")));
      silent.accept();

      sender.close();

      assertThat(attempt.result()).isEmpty();
      assertThat(sender.send(Senders.to("http://127.0.0.1:" + silent.getLocalPort() + "/")))
          .isEmpty();
    }
  }

  /// Names that are never answered are the business of their owner alone.
  @Test
  void leavesOthersTheThreadsThatSlowNamesWouldHold() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Receiver receiver = Receiver.answering(Receiver.OK);
        ApacheWebhookSender shared = slowFor("slow", end)) {
      List<Background<Optional<DeliveryAnswer>>> slow =
          IntStream.range(0, 100)
              .mapToObj(
                  i -> Background.start(() -> shared.send(Senders.to("http://slow" + i + "/"))))
              .toList();
      List<Optional<DeliveryAnswer>> answers = slow.stream().map(Background::result).toList();

      DeliveryAnswer other =
          shared
              .send(Senders.to(new BusinessId(2), "http://quick:" + receiver.port() + "/"))
              .orElseThrow();

      assertThat(other.delivered()).isTrue();
      assertThat(answers).contains(Optional.empty());
      assertThat(answers.stream().flatMap(Optional::stream))
          .isNotEmpty()
          .allMatch(answer -> cause(answer) == Cause.UNKNOWN_HOST);
    } finally {
      end.countDown();
    }
  }

  @Test
  void hearsHowLongToWait() throws IOException {
    try (Receiver receiver =
        Receiver.answering(
            "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 4\r\n\r\nbusy")) {
      DeliveryAnswer answer = send(receiver.url());

      assertThat(answer).isEqualTo(new Answered(503, Duration.ofMinutes(2), "busy", answer.took()));
    }
  }

  @Test
  void takesEveryStatusOfSuccess() throws IOException {
    for (int status : new int[] {200, 201, 202, 204, 299}) {
      try (Receiver receiver =
          Receiver.answering("HTTP/1.1 " + status + " Fine\r\nConnection: close\r\n\r\n")) {
        assertThat(send(receiver.url()).delivered()).as("%d", status).isTrue();
      }
    }
  }

  @Test
  void sendsNothingWithoutASecretItCanRead() throws IOException {
    try (Receiver receiver = Receiver.answering(Receiver.OK);
        ApacheWebhookSender stranger =
            new ApacheWebhookSender(
                Senders.LOOPBACK, new SecretBox(SecretBoxTest.key(1)), InstantSource.system())) {
      assertThat(cause(Senders.send(stranger, receiver.url()))).isEqualTo(Cause.SECRET_UNREADABLE);
      assertThat(receiver.connections()).isZero();
    }
  }

  private static ApacheWebhookSender slowFor(String prefix, CountDownLatch end) {
    return new ApacheWebhookSender(
        new WebhookConfig(
            Senders.LOOPBACK.connect(),
            Senders.LOOPBACK.whole(),
            200,
            Senders.LOOPBACK.mostBodyBytes(),
            true,
            Senders.LOOPBACK.allowed()),
        Senders.BOX,
        InstantSource.system(),
        SSLContexts.createSystemDefault(),
        new Lookups(
            Senders.LOOPBACK.connect(),
            host -> {
              if (host.startsWith(prefix)) {
                awaitUninterruptibly(end);
              }
              return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
            }));
  }

  /// As the system does not listen either.
  private static void awaitUninterruptibly(CountDownLatch end) {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException goesOn) {
        // nothing ends it
      }
    }
  }

  private DeliveryAnswer send(String url) {
    return Senders.send(sender, url);
  }

  private static Cause cause(DeliveryAnswer answer) {
    assertThat(answer).isInstanceOf(Unanswered.class);
    return ((Unanswered) answer).cause();
  }

  private static void dripHeaders(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
    drip(out, "a");
  }

  /// Until the other side hangs up.
  private static void drip(OutputStream out, String text) throws IOException {
    while (true) {
      write(out, text);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static void flood(OutputStream out, String text, AtomicLong written) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    while (true) {
      out.write(bytes);
      written.addAndGet(bytes.length);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
