package dev.carillon.providers.twilio;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.SmsContent;
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

/// An account at Twilio, and messages for it.
final class Fixtures {
  static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final URI CALLBACKS = URI.create("https://bells.example.org/callbacks/twilio");
  static final String SERVICE = "MG" + "0".repeat(32);
  static final String CONTENT = "HX" + "1".repeat(32);
  static final String SID = "SM" + "a".repeat(32);
  static final String ADDRESS = "+263771234567";

  static final TwilioConfig.Account ACCOUNT =
      new TwilioConfig.Account("AC" + "f".repeat(32), "the-auth-token", "", "", "");

  private Fixtures() {}

  static TwilioConfig config() {
    return config(ACCOUNT, new TwilioConfig.Senders("", "+15550001111", "+15550002222"));
  }

  static TwilioConfig config(TwilioConfig.Account account, TwilioConfig.Senders senders) {
    return config(URI.create("https://api.twilio.com"), account, senders);
  }

  static TwilioConfig config(URI api, TwilioConfig.Account account, TwilioConfig.Senders senders) {
    return new TwilioConfig(
        api,
        account,
        senders,
        Map.of("order_update/en", CONTENT),
        StopWords.USUAL,
        false,
        true,
        100,
        new HandOverLimits(1, 8, Duration.ofSeconds(2)),
        new HttpLimits(8, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536));
  }

  static MessageRef ref(int position) {
    return new MessageRef(new JobId(7), position / 500, position);
  }

  static OutboundMessage sms(int position, String text) {
    return message(position, ADDRESS, new SmsContent(text, ""));
  }

  static OutboundMessage message(int position, String address, Content content) {
    return new OutboundMessage(
        ref(position), 1, false, address, content, NOW.plus(Duration.ofHours(1)));
  }

  static OutboundMessage whatsApp(int position, String text, @Nullable WhatsAppTemplate template) {
    return message(position, ADDRESS, new WhatsAppContent(text, template, ""));
  }

  static TwilioForm form(byte[] body) {
    return TwilioForm.read(body).orElseThrow();
  }

  static TwilioForm form(Map<String, String> fields) {
    return form(TwilioForm.write(fields));
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
