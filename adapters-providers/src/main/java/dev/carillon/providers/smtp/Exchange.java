package dev.carillon.providers.smtp;

import org.jspecify.annotations.Nullable;

/// How far an exchange came.
///
/// @param reply to what was said last; null when none came
record Exchange(Stage stage, @Nullable SmtpReply reply) {
  /// Whether the connection had ended before anything was said of this mail: an old one that the
  /// relay has given up meanwhile.
  boolean foundItGone() {
    return stage == Stage.SENDER && (reply == null || reply.code() == SmtpErrorCodes.CLOSING);
  }

  /// Whether the connection may carry another mail.
  boolean leavesItOpen() {
    return reply != null && reply.code() > 0 && reply.code() != SmtpErrorCodes.CLOSING;
  }
}
