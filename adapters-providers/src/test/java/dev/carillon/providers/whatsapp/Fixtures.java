package dev.carillon.providers.whatsapp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.StopWords;
import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An app at Meta, and messages for it.
final class Fixtures {
  static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final String ADDRESS = "+263771234567";
  static final String NUMBER = "106540352242922";
  static final String OTHER_NUMBER = "206540352242922";
  static final String OTHER_SENDER = "+15550003333";
  static final WhatsAppConfig.Keys KEYS =
      new WhatsAppConfig.Keys("the-access-token", "the-app-secret", "the-verify-token");

  private Fixtures() {}

  static WhatsAppConfig config() {
    return config(URI.create("https://graph.facebook.com"), KEYS, false);
  }

  static WhatsAppConfig config(URI api, WhatsAppConfig.Keys keys, boolean marketingStops) {
    return new WhatsAppConfig(
        api,
        "v23.0",
        keys,
        NUMBER,
        Map.of(OTHER_SENDER, OTHER_NUMBER),
        StopWords.USUAL,
        marketingStops,
        100,
        new HandOverLimits(1, 8, Duration.ofSeconds(2)),
        new HttpLimits(8, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536));
  }

  static MessageRef ref(int position) {
    return new MessageRef(new JobId(7), position / 500, position);
  }

  static OutboundMessage text(int position, String words) {
    return message(position, ADDRESS, new WhatsAppContent(words, null, ""));
  }

  static OutboundMessage message(int position, String address, WhatsAppContent content) {
    return new OutboundMessage(
        ref(position), 1, false, address, content, NOW.plus(Duration.ofHours(1)));
  }

  static WhatsAppContent content(String words, @Nullable WhatsAppTemplate template, String sender) {
    return new WhatsAppContent(words, template, sender);
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
