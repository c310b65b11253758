package dev.carillon.providers.smtp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.CallbackPlace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Mails to send, and settings to send them with.
final class Fixtures {
  static final CarrierId CARRIER = new CarrierId("relay");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final CallbackPlace PLACE =
      new CallbackPlace(URI.create("https://hooks.example.org"), "a secret of the house");
  static final EmailContent HELLO =
      new EmailContent("", "", "Hello", "", "How do you do?", Map.of());

  private Fixtures() {}

  static OutboundMessage mail(String to, int position) {
    return mail(to, position, HELLO);
  }

  static OutboundMessage mail(String to, int position, EmailContent content) {
    return new OutboundMessage(ref(position), 1, false, to, content, Instant.MAX);
  }

  static List<OutboundMessage> mails(int count) {
    return IntStream.range(0, count)
        .mapToObj(position -> mail("to" + position + "@example.net", position))
        .toList();
  }

  static MessageRef ref(int position) {
    return new MessageRef(new JobId(7), position / 500, position);
  }

  static SmtpConfig config(int port) {
    return config(port, SmtpServer.Security.NONE);
  }

  static SmtpConfig config(int port, SmtpServer.Security security) {
    return new SmtpConfig(
        new SmtpServer("localhost", port, security, "client.example.org", null),
        null,
        new SmtpConfig.Limits(
            4,
            100,
            100,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5)),
        new SmtpConfig.Mail("Shop <shop@example.org>", "bounce@mail.example.org", false, false),
        null,
        null,
        null);
  }

  static SmtpConfig with(SmtpConfig config, SmtpConfig.Limits limits) {
    return new SmtpConfig(
        config.server(),
        config.login(),
        limits,
        config.mail(),
        config.dkim(),
        config.handIn(),
        config.mailbox());
  }

  static SmtpConfig with(SmtpConfig config, SmtpConfig.Mail mail) {
    return new SmtpConfig(
        config.server(),
        config.login(),
        config.limits(),
        mail,
        config.dkim(),
        config.handIn(),
        config.mailbox());
  }

  static SmtpConfig with(SmtpConfig config, SmtpConfig.Login login) {
    return new SmtpConfig(
        config.server(),
        login,
        config.limits(),
        config.mail(),
        config.dkim(),
        config.handIn(),
        config.mailbox());
  }

  static SmtpConfig with(SmtpConfig config, SmtpServer server) {
    return new SmtpConfig(
        server,
        config.login(),
        config.limits(),
        config.mail(),
        config.dkim(),
        config.handIn(),
        config.mailbox());
  }

  static SmtpConfig.Limits shortTimes() {
    Duration brief = Duration.ofMillis(400);
    return new SmtpConfig.Limits(4, 100, 100, Duration.ofSeconds(30), brief, brief, brief);
  }
}
