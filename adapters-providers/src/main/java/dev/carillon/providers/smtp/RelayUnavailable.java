package dev.carillon.providers.smtp;

import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/// No connection to the relay could be made.
final class RelayUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String words;
  private final transient @Nullable Exchange exchange;

  RelayUnavailable(String why) {
    this("no connection: " + why, null);
  }

  RelayUnavailable(Exchange exchange) {
    this("no log-in", exchange);
  }

  /// While it was being made.
  RelayUnavailable(Exchange exchange, MessagingException cause) {
    this("no connection: " + words(cause), isRefusal(exchange.reply()) ? exchange : null);
  }

  private RelayUnavailable(String words, @Nullable Exchange exchange) {
    super(words, null, false, false);
    this.words = words;
    this.exchange = exchange;
  }

  /// Why, without personal data.
  String words() {
    return words;
  }

  /// What the relay said to that; null when it said nothing.
  @Nullable Exchange exchange() {
    return exchange;
  }

  private static boolean isRefusal(@Nullable SmtpReply reply) {
    return reply != null && (reply.isTransient() || reply.isPermanent());
  }

  /// Its own words may hold anything.
  private static String words(MessagingException cause) {
    Exception inner = cause.getNextException();
    return (inner == null ? cause : inner).getClass().getSimpleName();
  }
}
