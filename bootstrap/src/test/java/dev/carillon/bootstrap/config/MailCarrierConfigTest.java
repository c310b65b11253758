package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import dev.carillon.providers.postmark.PostmarkConfig;
import dev.carillon.providers.smtp.SmtpConfig;
import dev.carillon.providers.smtp.SmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCarrierConfigTest {
  @TempDir private Path directory;

  @Test
  void postmarkNeedsATokenOnly() throws IOException {
    assertThat(read("postmark", "server-token = t"))
        .isEqualTo(
            new PostmarkConfig(
                PostmarkConfig.API,
                "t",
                new PostmarkConfig.Mail("", "outbound", false, false),
                null,
                true,
                500,
                new HandOverLimits(500, 8, Duration.ofSeconds(10)),
                new HttpLimits(8, Duration.ofSeconds(5), Duration.ofSeconds(60), 1 << 20)));
  }

  @Test
  void postmarkIsKnownByWhatItShows() throws IOException {
    PostmarkConfig config =
        (PostmarkConfig)
            read(
                "postmark",
                "server-token = t",
                "webhook-header = X-House",
                "webhook-header-secret = s",
                "message-stream = broadcast",
                "from = \"a@example.org\"",
                "track-opens = true",
                "unsubscribe = true",
                "batch = 7");

    assertThat(config.webhook()).isEqualTo(new PostmarkConfig.Webhook("", "", "X-House", "s"));
    assertThat(config.mail())
        .isEqualTo(new PostmarkConfig.Mail("a@example.org", "broadcast", true, true));
    assertThat(config.handOver().group()).isEqualTo(7);
  }

  @Test
  void smtpNeedsAHostOnly() throws IOException {
    assertThat(read("smtp", "host = relay.example.org"))
        .isEqualTo(
            new SmtpConfig(
                new SmtpServer("relay.example.org", 587, SmtpServer.Security.STARTTLS, "", null),
                null,
                SmtpConfig.Limits.DEFAULT,
                new SmtpConfig.Mail("", "", true, false),
                null,
                null,
                null));
  }

  @Test
  void smtpTakesWhatCanBeSet() throws IOException {
    SmtpConfig config =
        (SmtpConfig)
            read(
                "smtp",
                "host = localhost",
                "port = 25",
                "security = opportunistic",
                "user = u",
                "password = p",
                "hello-name = me.example.org",
                "connections = 3",
                "confirmation-timeout = 1m",
                "bounce-address = \"b@example.org\"",
                "unsubscribe = false",
                "delivery-receipts = true",
                "hand-in-user = h",
                "hand-in-password = i",
                "mailbox { host = imap.example.org, user = m, password = n, delete = true }");

    assertThat(config.server())
        .isEqualTo(
            new SmtpServer(
                "localhost", 25, SmtpServer.Security.OPPORTUNISTIC, "me.example.org", null));
    assertThat(config.login()).isEqualTo(new SmtpConfig.Login("u", "p"));
    assertThat(config.limits().connections()).isEqualTo(3);
    assertThat(config.limits().confirmation()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.mail()).isEqualTo(new SmtpConfig.Mail("", "b@example.org", false, true));
    assertThat(config.handIn()).isEqualTo(new SmtpConfig.Login("h", "i"));
    assertThat(config.mailbox())
        .isEqualTo(
            new SmtpConfig.Mailbox(
                new SmtpServer("imap.example.org", 993, SmtpServer.Security.TLS, "", null),
                new SmtpConfig.Login("m", "n"),
                "INBOX",
                Duration.ofSeconds(30),
                true));
  }

  @Test
  void readsWhereTokensAreInPlaceOfPasswords() throws IOException {
    SmtpConfig config =
        (SmtpConfig)
            read(
                "smtp",
                "host = localhost",
                "user = u",
                "token-file = /run/token",
                "mailbox { host = imap.example.org, user = m, token-file = /run/other }");

    assertThat(config.login()).isEqualTo(new SmtpConfig.Login("u", "", Path.of("/run/token")));
    assertThat(Objects.requireNonNull(config.mailbox()).login())
        .isEqualTo(new SmtpConfig.Login("m", "", Path.of("/run/other")));
  }

  /// What one of them has read, the other never sees.
  @Test
  void refusesCarriersThatLookIntoOneMailbox() {
    InvalidConfigurationException refusal =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                load(
                    relay("news", "host = imap.example.org, user = b, password = hush"),
                    relay(
                        "bills",
                        "host = IMAP.example.org, port = 143, security = starttls, user = B,"
                            + " password = hush, folder = inbox"),
                    relay("other", "host = imap.example.org, user = c, password = hush")));

    assertThat(refusal.getMessage())
        .contains("carriers.news.mailbox is that of carrier bills")
        .doesNotContain("carriers.bills.mailbox is")
        .doesNotContain("carriers.other.mailbox is")
        .doesNotContain("hush");
  }

  @Test
  void takesCarriersWithMailboxesOrFoldersOfTheirOwn() throws IOException {
    assertThat(
            load(
                    relay("news", "host = imap.example.org, user = b, password = p"),
                    relay("bills", "host = imap.example.org, user = c, password = p"),
                    relay("alarm", "host = imap.example.net, user = b, password = p"),
                    relay(
                        "folder",
                        "host = imap.example.org, user = b, password = p, folder = other"),
                    "carillon.carriers.plain { type = smtp, host = localhost }",
                    "carillon.carriers.bare { type = smtp, host = localhost }")
                .carriers()
                .carriers())
        .hasSize(6);
  }

  @Test
  void tellsEverythingThatIsWrongWithoutTheSecrets() {
    InvalidConfigurationException smtp =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                read(
                    "smtp",
                    "password = hush",
                    "from = nobody",
                    "dkim-domain = example.org",
                    "mailbox { host = imap.example.org }"));
    InvalidConfigurationException postmark =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> read("postmark", "webhook-password = hush", "batch = 501"));

    assertThat(smtp.getMessage())
        .contains("host must be given")
        .contains("user must be set where there is a password or a token file")
        .contains("from must be one mail address")
        .contains("DKIM needs a selector")
        .contains("mailbox.user must be set")
        .doesNotContain("hush");
    assertThat(postmark.getMessage())
        .contains("server-token must be set")
        .contains("webhook-user and webhook-password must be set both or neither")
        .contains("batch must be a whole number from 1 to 500, not 501")
        .doesNotContain("hush");
  }

  private static String relay(String name, String mailbox) {
    return "carillon.carriers.%s { type = smtp, host = localhost, mailbox { %s } }"
        .formatted(name, mailbox);
  }

  private Configuration load(String... carriers) throws IOException {
    Path file = directory.resolve("carillon.conf");
    Files.writeString(file, String.join("\n", carriers));
    return Configuration.load(file, Map.of());
  }

  private CarrierConfig read(String type, String... settings) throws IOException {
    Path file = directory.resolve("carillon.conf");
    Files.writeString(
        file,
        "carillon.carriers.mail { type = " + type + "\n" + String.join("\n", settings) + "\n}\n");
    return Objects.requireNonNull(
        Configuration.load(file, Map.of()).carriers().carriers().get(new CarrierId("mail")));
  }
}
