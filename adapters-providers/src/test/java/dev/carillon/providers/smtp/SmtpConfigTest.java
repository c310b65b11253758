package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpConfigTest {
  @TempDir private Path directory;
  private final SmtpConfig usable = Fixtures.config(25);

  @Test
  void findsNothingWrongWithUsableSettings() {
    assertThat(usable.problems()).isEmpty();
  }

  @Test
  void isEqualToTheSame() {
    assertThat(usable).isEqualTo(Fixtures.config(25)).isNotEqualTo(Fixtures.config(26));
  }

  @Test
  void needsAHostAndAPort() {
    SmtpServer server = new SmtpServer(" ", 0, SmtpServer.Security.NONE, "a b", null);

    assertThat(Fixtures.with(usable, server).problems())
        .containsExactly(
            "host must be given", "port must be 1 to 65535", "hello name must be a host name");
  }

  @Test
  void sendsNoPasswordInTheClearToAnotherMachine() {
    SmtpConfig.Login login = new SmtpConfig.Login("shop", "secret");
    SmtpServer far = new SmtpServer("mail.example.org", 25, SmtpServer.Security.NONE, "", null);

    assertThat(Fixtures.with(usable, login).problems()).isEmpty();
    assertThat(Fixtures.with(Fixtures.with(usable, login), far).problems())
        .containsExactly("security must not be none where a password is sent to another machine");
  }

  @Test
  void takesAPasswordOrATokenAndNotBoth() {
    Path token = directory.resolve("token");
    String problem = "a user needs a password or a token file, and not both";

    assertThat(Fixtures.with(usable, new SmtpConfig.Login("shop", "", token)).problems()).isEmpty();
    assertThat(Fixtures.with(usable, new SmtpConfig.Login("shop", "a", token)).problems())
        .containsExactly(problem);
    assertThat(Fixtures.with(usable, new SmtpConfig.Login("shop", "")).problems())
        .containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bounces", "waytoolong@example.org", "a@localhost", "\"a b\"@example.org"})
  void needsABounceAddressWithRoomForAToken(String address) {
    assertThat(Fixtures.with(usable, new SmtpConfig.Mail("", address, false, false)).problems())
        .containsExactly(
            "bounce address must be a mail address with at most 8 characters before its @");
  }

  @Test
  void needsLimitsThatLimit() {
    SmtpConfig.Limits none =
        new SmtpConfig.Limits(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    assertThat(Fixtures.with(usable, none).problems()).hasSize(7);
  }

  @Test
  void needsAKeyToSignWith() throws Exception {
    Path key = TestCertificate.in(directory, "RSA").key();

    assertThat(signing(new SmtpConfig.Dkim("example.org", "s1", key))).isEmpty();
    assertThat(signing(new SmtpConfig.Dkim("", "", directory.resolve("none")))).hasSize(3);
  }

  @Test
  void takesNoKeyOfAnotherKind() throws Exception {
    Path key = TestCertificate.in(directory, "EC").key();

    assertThat(signing(new SmtpConfig.Dkim("example.org", "s1", key))).hasSize(1);
  }

  @Test
  void needsAMailboxThatCanBeFound() {
    SmtpConfig.Mailbox mailbox =
        new SmtpConfig.Mailbox(
            new SmtpServer("", 143, SmtpServer.Security.NONE, "", null),
            new SmtpConfig.Login("a", "b"),
            "",
            Duration.ZERO,
            false);
    SmtpConfig config =
        new SmtpConfig(usable.server(), null, usable.limits(), usable.mail(), null, null, mailbox);

    assertThat(config.problems())
        .containsExactly(
            "mailbox: host must be given",
            "mailbox needs a folder",
            "mailbox poll must be above 0");
  }

  @Test
  void keepsSecretsToItself() {
    SmtpConfig.Login login = new SmtpConfig.Login("shop", "a secret");

    assertThat(Fixtures.with(usable, login).toString()).doesNotContain("a secret");
  }

  private List<String> signing(SmtpConfig.Dkim dkim) {
    return new SmtpConfig(usable.server(), null, usable.limits(), usable.mail(), dkim, null, null)
        .problems();
  }
}
