package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that would be forged on behalf of this machine (OWASP API7:2023): none gets out.
class SsrfIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://127.0.0.2:%d/",
        "http://0.0.0.0:%d/",
        "http://[::1]:%d/",
        "http://[::]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::ffff:7f00:1]:%d/",
        "http://[0:0:0:0:0:0:0:1]:%d/",
        "http://[64:ff9b::127.0.0.1]:%d/",
        "http://localhost:%d/",
        "http://LOCALHOST:%d/",
        "http://localhost.:%d/",
        "http://ip6-localhost:%d/",
        // decimal, octal, hexadecimal, short and mixed forms of 127.0.0.1
        "http://2130706433:%d/",
        "http://017700000001:%d/",
        "http://0x7f000001:%d/",
        "http://0x7f.0.0.1:%d/",
        "http://0177.0.0.1:%d/",
        "http://0177.0.0.01:%d/",
        "http://127.1:%d/",
        "http://127.0.1:%d/",
        "http://0:%d/",
        "http://127.0.0.1.:%d/",
        // what some parsers take for the host
        "http://example.org@127.0.0.1:%d/",
        "http://127.0.0.1:%d\\@example.org/",
        "http://127.0.0.1:%d#@example.org/",
        "http://example.org#@127.0.0.1:%d/",
        "http://127。0。0。1:%d/",
        "http://①②⑦.0.0.1:%d/",
        "http://127.0.0.1%%00.example.org:%d/",
        "http://169.254.169.254:%d/latest/meta-data/",
        "http://[fd00:ec2::254]:%d/",
        "http://10.0.0.1:%d/",
        "http://192.168.0.1:%d/",
        "http://100.64.0.1:%d/"
      })
  void sendsNothingInside(String form) throws IOException {
    try (Receiver inside = Receiver.at("127.0.0.1", Receiver.OK);
        ApacheWebhookSender sender = sender(Senders.NOTHING_INSIDE)) {
      DeliveryAnswer answer = Senders.send(sender, form.formatted(inside.port()));

      assertThat(answer).isInstanceOf(Unanswered.class);
      assertThat(((Unanswered) answer).cause()).isIn(Cause.ADDRESS_REFUSED, Cause.UNKNOWN_HOST);
      assertThat(inside.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "jar:http://example.org!/",
        "//example.org/",
        "example.org",
        "https://",
        "https:///path",
        "https://user@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nX-More: 1",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0x7f.1/",
        "https://2130706433/"
      })
  void refusesToRegisterWhatItWouldNeverSendTo(String url) {
    try (ApacheWebhookSender sender = sender(WebhookConfig.DEFAULTS)) {
      assertThat(sender.refusal(url)).isPresent();
    }
  }

  @Test
  void registersWhatItMaySendTo() {
    try (ApacheWebhookSender sender = sender(WebhookConfig.DEFAULTS)) {
      assertThat(sender.refusal("https://example.org/hooks?a=b")).isEmpty();
      assertThat(sender.refusal("https://8.8.8.8:8443/")).isEmpty();
      assertThat(sender.refusal("https://[2606:4700::1111]/")).isEmpty();
      assertThat(sender.refusal("http://example.org/")).isPresent();
    }
  }

  /// The name stands for a public address when it is looked at, and for this machine when it is
  /// connected to: nobody looks twice here.
  @Test
  void isNotFooledByANameThatChanges() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    try (Receiver inside = Receiver.at("127.0.0.1", Receiver.OK);
        ApacheWebhookSender sender =
            sender(
                Senders.NOTHING_INSIDE,
                _ -> address(looks.getAndIncrement() % 2 == 0 ? "127.0.0.1" : "8.8.8.8"))) {
      DeliveryAnswer answer = Senders.send(sender, "http://rebind.example:" + inside.port() + "/");

      assertThat(((Unanswered) answer).cause()).isEqualTo(Cause.UNKNOWN_HOST);
      assertThat(inside.connections()).isZero();
    }
  }

  /// Of several addresses of one name those inside are left out, whatever their order.
  @Test
  void connectsToNoneOfSeveralAddressesThatLeadsInside() throws IOException {
    try (Receiver inside = Receiver.at("127.0.0.2", Receiver.OK);
        ApacheWebhookSender sender =
            sender(
                Senders.LOOPBACK,
                _ ->
                    new InetAddress[] {
                      InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1")
                    })) {
      DeliveryAnswer answer = Senders.send(sender, "http://many.example:" + inside.port() + "/");

      assertThat(((Unanswered) answer).cause()).isEqualTo(Cause.UNKNOWN_HOST);
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void sendsInsideWhereThatIsConfigured() throws IOException {
    try (Receiver allowed = Receiver.at("127.0.0.1", Receiver.OK);
        Receiver other = Receiver.at("127.0.0.2", Receiver.OK);
        ApacheWebhookSender sender = sender(Senders.LOOPBACK)) {
      assertThat(Senders.send(sender, allowed.url()).delivered()).isTrue();
      assertThat(Senders.send(sender, other.url()).delivered()).isFalse();
      assertThat(allowed.received().getFirst().line()).isEqualTo("POST /hooks?a=b HTTP/1.1");
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void asksNoProxyOfTheEnvironment() throws IOException {
    String[] names = {"http.proxyHost", "https.proxyHost", "socksProxyHost"};
    try (Receiver receiver = Receiver.at("127.0.0.1", Receiver.OK);
        ApacheWebhookSender sender = sender(Senders.LOOPBACK)) {
      for (String name : names) {
        System.setProperty(name, "127.0.0.3");
      }
      assertThat(Senders.send(sender, receiver.url()).delivered()).isTrue();
    } finally {
      for (String name : names) {
        System.clearProperty(name);
      }
    }
  }

  private static ApacheWebhookSender sender(WebhookConfig config) {
    return new ApacheWebhookSender(config, Senders.BOX, InstantSource.system());
  }

  private static ApacheWebhookSender sender(WebhookConfig config, Lookups.Names names) {
    return new ApacheWebhookSender(
        config,
        Senders.BOX,
        InstantSource.system(),
        SSLContexts.createSystemDefault(),
        new Lookups(config.connect(), names));
  }

  private static InetAddress[] address(String text) {
    return new InetAddress[] {InetAddress.ofLiteral(text)};
  }
}
