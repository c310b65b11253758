package dev.carillon.providers.postmark;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Mails to send, and settings to send them with.
final class Fixtures {
  static final CarrierId CARRIER = new CarrierId("postmark");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final CallbackPlace PLACE =
      new CallbackPlace(URI.create("https://hooks.example.org"), "a secret of the house");
  static final PostmarkConfig.Webhook WEBHOOK =
      new PostmarkConfig.Webhook("postmark", "a password", "X-House", "a header secret");

  private Fixtures() {}

  static PostmarkConfig config(URI api, int batch) {
    return new PostmarkConfig(
        api,
        "server-token",
        new PostmarkConfig.Mail("Shop <shop@example.org>", "outbound", false, false),
        WEBHOOK,
        true,
        500,
        new HandOverLimits(batch, 8, Duration.ofSeconds(5)),
        new HttpLimits(8, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536));
  }

  static OutboundMessage mail(int position) {
    return mail(position, "How do you do, " + position + "?");
  }

  static OutboundMessage mail(int position, String text) {
    EmailContent content = new EmailContent("", "", "Hello", "", text, Map.of());
    return new OutboundMessage(
        ref(position), 1, false, "to" + position + "@example.net", content, Instant.MAX);
  }

  static List<OutboundMessage> mails(int count) {
    return IntStream.range(0, count).mapToObj(Fixtures::mail).toList();
  }

  static MessageRef ref(int position) {
    return new MessageRef(new JobId(7), position / 500, position);
  }
}
