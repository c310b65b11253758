package dev.carillon.providers.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay's reply without its words, which may hold addresses.
///
/// @param code of three digits (RFC 5321, 4.2); -1 when what came was no reply
/// @param status the enhanced code (RFC 3463) without its class, such as `1.1`; empty when none
///   came
record SmtpReply(int code, String status) {
  private static final Pattern ENHANCED =
      Pattern.compile("[245]\\d{2}[ -][245]\\.(\\d{1,3}\\.\\d{1,3})(?:\\s.*)?", Pattern.DOTALL);

  /// @param text all lines of it
  static SmtpReply of(int code, String text) {
    Matcher enhanced = ENHANCED.matcher(text);
    return new SmtpReply(code, enhanced.matches() ? enhanced.group(1) : "");
  }

  boolean isPositive() {
    return code / 100 == 2;
  }

  /// Whether the relay asks for more.
  boolean isIntermediate() {
    return code / 100 == 3;
  }

  boolean isTransient() {
    return code / 100 == 4;
  }

  boolean isPermanent() {
    return code / 100 == 5;
  }

  /// Its numbers, such as `550 5.1.1`.
  String numbers() {
    return status.isEmpty() ? String.valueOf(code) : code + " " + code / 100 + "." + status;
  }
}
