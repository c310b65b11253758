package dev.carillon.bootstrap.config;

import dev.carillon.providers.twilio.TwilioConfig;
import java.util.LinkedHashSet;

/// Reads how an account at Twilio is used.
final class TwilioCarrierConfig {
  /// Of an answer to a message, which is about 1,000 octets and its text.
  private static final int LONGEST_ANSWER = 1 << 16;

  private TwilioCarrierConfig() {}

  static TwilioConfig read(Section section) {
    HttpCarrierSettings settings = HttpCarrierSettings.read(section, LONGEST_ANSWER);
    return new TwilioConfig(
        HttpCarrierSettings.api(section),
        new TwilioConfig.Account(
            section.text("account-sid"),
            section.text("auth-token"),
            section.text("other-auth-token"),
            section.text("api-key-sid"),
            section.text("api-key-secret")),
        new TwilioConfig.Senders(
            section.text("messaging-service-sid"),
            section.text("from"),
            section.text("whatsapp-from")),
        HttpCarrierSettings.pairs("templates", "order_update/en=HX...", section),
        new LinkedHashSet<>(section.texts("stop-words")),
        section.flag("smart-encoding"),
        section.flag("inquiry"),
        section.integer("window", 1, 10_000),
        settings.handOver(),
        settings.http());
  }
}
