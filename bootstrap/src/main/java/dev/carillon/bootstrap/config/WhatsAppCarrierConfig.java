package dev.carillon.bootstrap.config;

import dev.carillon.providers.whatsapp.WhatsAppConfig;
import java.util.LinkedHashSet;

/// Reads how an app of Meta's is used to send over WhatsApp.
final class WhatsAppCarrierConfig {
  /// Of an answer to a message, which is about 300 octets.
  private static final int LONGEST_ANSWER = 1 << 16;

  private WhatsAppCarrierConfig() {}

  static WhatsAppConfig read(Section section) {
    HttpCarrierSettings settings = HttpCarrierSettings.read(section, LONGEST_ANSWER);
    return new WhatsAppConfig(
        HttpCarrierSettings.api(section),
        section.text("version"),
        new WhatsAppConfig.Keys(
            section.text("access-token"), section.text("app-secret"), section.text("verify-token")),
        section.text("phone-number-id"),
        HttpCarrierSettings.pairs("numbers", "+263771234567=106540352242922", section),
        new LinkedHashSet<>(section.texts("stop-words")),
        section.flag("marketing-stops"),
        section.integer("window", 1, 10_000),
        settings.handOver(),
        settings.http());
  }
}
