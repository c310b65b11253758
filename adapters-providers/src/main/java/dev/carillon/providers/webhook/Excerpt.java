package dev.carillon.providers.webhook;

import dev.carillon.domain.webhook.DeliveryAnswer;
import java.nio.charset.StandardCharsets;

/// The beginning of a receiver's answer as text that can be shown anywhere.
final class Excerpt {
  private static final int REPLACEMENT = 0xfffd;

  private Excerpt() {}

  /// At most as many bytes as are kept, cut between characters; what cannot be shown is replaced.
  static String of(byte[] body) {
    String text =
        new String(
            body,
            0,
            Math.min(body.length, DeliveryAnswer.MOST_EXCERPT_BYTES),
            StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    int bytes = 0;
    for (int character : text.codePoints().map(Excerpt::shown).toArray()) {
      bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > DeliveryAnswer.MOST_EXCERPT_BYTES) {
        break;
      }
      shown.appendCodePoint(character);
    }
    return shown.toString();
  }

  private static int shown(int character) {
    boolean space = character == '\n' || character == '\t' || character == '\r';
    return Character.isISOControl(character) && !space ? REPLACEMENT : character;
  }
}
