package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A centre behind TLS, with a certificate for the name `localhost` that nobody vouches for but
/// itself.
class SmppTlsIT {
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  private final RecordingHandOver handOver = new RecordingHandOver();
  private Path store = Path.of("");
  private Path certificate = Path.of("");

  @BeforeEach
  void makeACertificate() throws IOException, InterruptedException {
    store = directory.resolve("centre.p12");
    certificate = directory.resolve("centre.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "centre",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost");
    keytool("-exportcert", "-alias", "centre", "-rfc", "-file", certificate.toString());
  }

  @Test
  void sendsToACentreThatIsVouchedFor() throws IOException, GeneralSecurityException {
    assertThat(answer("localhost", certificate.toString()))
        .isInstanceOf(DispatchOutcome.Accepted.class);
  }

  @Test
  void doesNotTrustACertificateThatNobodyVouchesFor() throws IOException, GeneralSecurityException {
    assertThat(answer("localhost", "")).isEqualTo(unreachable());
  }

  @Test
  void doesNotTrustACertificateOfAnotherName() throws IOException, GeneralSecurityException {
    assertThat(answer("127.0.0.1", certificate.toString())).isEqualTo(unreachable());
  }

  private DispatchOutcome answer(String host, String trust)
      throws IOException, GeneralSecurityException {
    try (Centre centre = new Centre(listening())) {
      SmppConfig config =
          SmppConfig.to(
                  new SmppPeer(host, centre.port(), true, trust, "carillon", "secret", "", ""))
              .withTiming(
                  SmppConfig.Timing.DEFAULT.withReconnect(
                      Duration.ofMillis(50), Duration.ofMillis(100)));
      SmppCarrier carrier =
          new SmppCarrier(
              new CarrierId("tls"),
              config,
              new NoticeBook(),
              new OneNode(),
              InstantSource.system(),
              new Random(1));
      carrier.start();
      try {
        OutboundMessage message = TestTexts.saying("hello");
        carrier.submit(List.of(message), handOver);
        DispatchOutcome outcome = handOver.awaitAnswer(message);
        assertThat(centre.submits()).hasSize(outcome instanceof DispatchOutcome.Accepted ? 1 : 0);
        return outcome;
      } finally {
        carrier.close();
      }
    }
  }

  private static DispatchOutcome unreachable() {
    return DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "cannot be reached");
  }

  private ServerSocket listening() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
