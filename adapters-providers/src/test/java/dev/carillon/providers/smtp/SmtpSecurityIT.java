package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Accepted;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.TestCertificate;
import dev.carillon.providers.smtp.SmtpServer.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Over which connections a mail goes, and over which it never does.
class SmtpSecurityIT {
  @TempDir private static Path directory;
  private static TestCertificate certificate;

  private final OutboundMessage mail = Fixtures.mail("bob@example.net", 1);
  private ScriptedRelay relay;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.in(directory, "EC");
  }

  @BeforeEach
  void open() throws IOException {
    relay = new ScriptedRelay();
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPPORTUNISTIC", "STARTTLS"})
  void turnsToTlsWhereItIsOffered(Security security) throws Exception {
    relay.speakTls(certificate.context(), false);
    relay.askFor("shop", "let me in");

    assertThat(send(security, "localhost", certificate.certificate())).isInstanceOf(Accepted.class);
    assertThat(relay.taken().getFirst().secured()).isTrue();
    assertThat(relay.commands())
        .filteredOn(command -> command.matches("STARTTLS|AUTH PLAIN.*"))
        .first()
        .isEqualTo("STARTTLS");
  }

  @Test
  void speaksTlsFromTheFirstOctetOn() throws Exception {
    relay.speakTls(certificate.context(), true);

    assertThat(send(Security.TLS, "localhost", certificate.certificate()))
        .isInstanceOf(Accepted.class);
    assertThat(relay.taken().getFirst().secured()).isTrue();
  }

  @Test
  void sendsNothingInTheClearWhereTlsIsDemanded() {
    DispatchOutcome outcome = send(Security.STARTTLS, "localhost", null);

    assertUnreachable(outcome);
    assertThat(relay.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void sendsInTheClearWhereThatIsAllowed() {
    assertThat(send(Security.OPPORTUNISTIC, "localhost", null)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPPORTUNISTIC", "STARTTLS", "TLS"})
  void trustsNoCertificateThatNobodyVouchesFor(Security security) throws Exception {
    relay.speakTls(certificate.context(), security == Security.TLS);

    assertUnreachable(send(security, "localhost", null));
    assertThat(relay.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void trustsNoCertificateOfAnotherName(Security security) throws Exception {
    relay.close();
    // the same machine by an address that the certificate does not have
    relay = new ScriptedRelay(InetAddress.getByName("127.0.0.2"));
    relay.speakTls(certificate.context(), security == Security.TLS);

    assertUnreachable(send(security, "127.0.0.2", certificate.certificate()));
    assertThat(relay.taken()).isEmpty();
  }

  private DispatchOutcome send(Security security, String host, @Nullable Path trust) {
    SmtpConfig config =
        Fixtures.with(
            Fixtures.with(Fixtures.config(relay.port()), new SmtpConfig.Login("shop", "let me in")),
            new SmtpServer(host, relay.port(), security, "client.example.org", trust));
    relay.askFor("shop", "let me in");
    try (SmtpCarrier carrier =
        new SmtpCarrier(
            Fixtures.CARRIER, config, new RecordingNotices(), Fixtures.PLACE, Fixtures.CLOCK)) {
      carrier.start();
      RecordingHandOver handOver = new RecordingHandOver();
      carrier.submit(List.of(mail), handOver);
      return handOver.awaitAnswer(mail);
    }
  }

  private static void assertUnreachable(DispatchOutcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    assertThat(((Unreachable) outcome).reason()).isEqualTo(Reason.CARRIER_UNREACHABLE);
  }
}
