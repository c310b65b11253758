package dev.carillon.providers.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the Retry-After header (RFC 9110, section 10.2.3).
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfter() {}

  /// How long the receiver asks to be left alone from now; null when it does not say, or says
  /// something else. Never negative.
  static @Nullable Duration read(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      Duration left = Duration.between(now, until);
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeException neither) {
      return null;
    }
  }
}
