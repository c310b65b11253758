package dev.carillon.grpc;

import dev.carillon.application.port.StoreWitness.History;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens by which an operator says which history of the store was looked at: opaque, so that
/// nobody makes one up by hand.
final class HistoryTokens {
  /// Version, timeline, log position, system identifier.
  private static final Pattern FORM = Pattern.compile("1/(\\d{1,10})/(\\d{1,19})/(.{0,64})");

  private HistoryTokens() {}

  static String of(History history) {
    String text = "1/" + history.timeline() + "/" + history.position() + "/" + history.system();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The history that a token stands for. Throws InvalidFields when it is none.
  static History history(String token) {
    return read(token)
        .orElseThrow(
            () -> Violations.one("history_token", "must be a history_token of GetDispatchSwitch"));
  }

  private static Optional<History> read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      Matcher parts = FORM.matcher(text);
      return parts.matches()
          ? Optional.of(
              new History(
                  parts.group(3), Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
