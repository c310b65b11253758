package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Cause;
import dev.carillon.domain.webhook.DeliveryAnswer.Unanswered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are looked at, and so is whom they name.
class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path directory;

  @BeforeEach
  void makeCertificate() throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "receiver",
                "-dname",
                "CN=receiver",
                "-ext",
                "san=dns:receiver.example,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys().toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sendsToAReceiverWhoseCertificateIsGood() throws Exception {
    assertThat(sendTo("127.0.0.1", trusting()).delivered()).isTrue();
  }

  @Test
  void sendsNothingToOneThatNobodyVouchesFor() throws Exception {
    assertThat(cause(sendTo("127.0.0.1", SSLContexts.createSystemDefault())))
        .isEqualTo(Cause.TLS_FAILED);
  }

  @Test
  void sendsNothingToOneWhoseCertificateNamesAnother() throws Exception {
    assertThat(cause(sendTo("localhost", trusting()))).isEqualTo(Cause.TLS_FAILED);
  }

  private DeliveryAnswer sendTo(String host, SSLContext trust) throws Exception {
    SSLContext own = SSLContexts.custom().loadKeyMaterial(keys(), PASSWORD, PASSWORD).build();
    ServerSocket server =
        own.getServerSocketFactory().createServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    try (Receiver receiver = Receiver.over(server);
        ApacheWebhookSender sender =
            new ApacheWebhookSender(Senders.LOOPBACK, Senders.BOX, InstantSource.system(), trust)) {
      DeliveryAnswer answer = Senders.send(sender, "https://" + host + ":" + receiver.port() + "/");
      assertThat(receiver.received()).hasSize(answer.delivered() ? 1 : 0);
      return answer;
    }
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    return SSLContexts.custom().loadTrustMaterial(keys(), PASSWORD).build();
  }

  private Path keys() {
    return directory.resolve("keys.p12");
  }

  private static Cause cause(DeliveryAnswer answer) {
    assertThat(answer).isInstanceOf(Unanswered.class);
    return ((Unanswered) answer).cause();
  }
}
