package dev.carillon.providers.webhook;

import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What the tests of the sender share.
final class Senders {
  /// Short, over http, to this machine alone.
  static final WebhookConfig LOOPBACK =
      new WebhookConfig(
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          20,
          64 * 1_024,
          true,
          List.of(Network.of("127.0.0.1")));

  /// The same, and nothing inside is allowed.
  static final WebhookConfig NOTHING_INSIDE =
      new WebhookConfig(
          LOOPBACK.connect(),
          LOOPBACK.whole(),
          LOOPBACK.connections(),
          LOOPBACK.mostBodyBytes(),
          true,
          List.of());

  static final BusinessId BUSINESS = new BusinessId(1);
  static final SecretBox BOX = new SecretBox(SecretBoxTest.key(9));

  private Senders() {}

  /// What came of an attempt that was surely made.
  static DeliveryAnswer send(WebhookSender sender, String url) {
    return sender.send(to(url)).orElseThrow();
  }

  static WebhookSender.Request to(String url) {
    return to(BUSINESS, url);
  }

  static WebhookSender.Request to(BusinessId business, String url) {
    return new WebhookSender.Request(
        business,
        url,
        new EventId(UUID.randomUUID()),
        Instant.now(),
        "{}",
        List.of(BOX.make().sealed()));
  }
}
