package dev.carillon.providers.whatsapp;

import com.google.gson.JsonObject;
import dev.carillon.providers.http.JsonText;
import java.time.Instant;
import java.util.OptionalLong;

/// Times in Meta's webhooks: seconds since 1970.
final class WhatsAppTimes {
  /// Further off is no time of anything that was sent: 9999-12-31.
  private static final long LAST = 253_402_300_799L;

  private WhatsAppTimes() {}

  /// When it happened; `otherwise` where it does not say.
  static Instant read(JsonObject from, Instant otherwise) {
    OptionalLong seconds = JsonText.number(from, "timestamp");
    boolean known = seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() <= LAST;
    return known ? Instant.ofEpochSecond(seconds.getAsLong()) : otherwise;
  }
}
