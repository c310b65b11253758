package dev.carillon.bootstrap.config;

import dev.carillon.providers.smtp.SmtpConfig;
import dev.carillon.providers.smtp.SmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads how a relay is spoken to by SMTP.
final class SmtpCarrierConfig {
  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_PORT = 65_535;

  private SmtpCarrierConfig() {}

  static SmtpConfig read(Section section) {
    return new SmtpConfig(
        server("", section.text("hello-name"), section),
        login("", section),
        limits(section),
        new SmtpConfig.Mail(
            section.text("from"),
            section.text("bounce-address"),
            section.flag("unsubscribe"),
            section.flag("delivery-receipts")),
        dkim(section),
        handIn(section),
        mailbox(section));
  }

  private static SmtpServer server(String prefix, String ownName, Section section) {
    return new SmtpServer(
        section.text(prefix + "host"),
        section.integer(prefix + "port", 1, MOST_PORT),
        section.choice(prefix + "security", SmtpServer.Security.class),
        ownName,
        section.file(prefix + "trust-file"));
  }

  /// Whether what is there fits together is asked of the record.
  private static SmtpConfig.@Nullable Login login(String prefix, Section section) {
    String name = section.text(prefix + "user");
    String password = section.text(prefix + "password");
    Path token = section.file(prefix + "token-file");
    if (name.isEmpty() && (!password.isEmpty() || token != null)) {
      section.problem(prefix + "user", "must be set where there is a password or a token file");
    }
    return name.isEmpty() ? null : new SmtpConfig.Login(name, password, token);
  }

  private static SmtpConfig.@Nullable Login handIn(Section section) {
    String name = section.text("hand-in-user");
    String password = section.text("hand-in-password");
    if (name.isEmpty() != password.isEmpty()) {
      section.problem("hand-in-user and hand-in-password must be set both or neither");
    }
    return name.isEmpty() ? null : new SmtpConfig.Login(name, password);
  }

  private static SmtpConfig.Limits limits(Section section) {
    return new SmtpConfig.Limits(
        section.integer("connections", 1, 1_000),
        section.integer("mails-per-connection", 1, 1_000_000),
        section.integer("window", 1, 10_000),
        section.duration("idle-timeout", SECOND, HOUR),
        section.duration("connect-timeout", MOMENT, Duration.ofMinutes(5)),
        section.duration("exchange-timeout", MOMENT, HOUR),
        section.duration("confirmation-timeout", MOMENT, HOUR));
  }

  private static SmtpConfig.@Nullable Dkim dkim(Section section) {
    String domain = section.text("dkim-domain");
    String selector = section.text("dkim-selector");
    Path key = section.file("dkim-key-file");
    boolean none = domain.isEmpty() && selector.isEmpty() && key == null;
    return none ? null : new SmtpConfig.Dkim(domain, selector, key == null ? Path.of("") : key);
  }

  private static SmtpConfig.@Nullable Mailbox mailbox(Section section) {
    if (section.text("mailbox.host").isEmpty()) {
      return null;
    }
    SmtpConfig.Login login = login("mailbox.", section);
    if (login == null) {
      section.problem("mailbox.user", "must be set where there is a mailbox");
    }
    return new SmtpConfig.Mailbox(
        server("mailbox.", "", section),
        login == null ? new SmtpConfig.Login("", "") : login,
        section.text("mailbox.folder"),
        section.duration("mailbox.poll", SECOND, HOUR),
        section.flag("mailbox.delete"));
  }
}
