package dev.carillon.providers.smtp;

import dev.carillon.domain.delivery.Reason;
import jakarta.mail.MessagingException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// No connection to the relay could be made.
final class RelayUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String words;
  private final Reason reason;
  private final transient @Nullable Exchange exchange;

  RelayUnavailable(String why) {
    this("no connection: " + why, Reason.CARRIER_UNREACHABLE, null);
  }

  RelayUnavailable(Exchange exchange) {
    this("no log-in", Reason.CARRIER_UNREACHABLE, exchange);
  }

  /// While it was being made.
  RelayUnavailable(Exchange exchange, MessagingException cause) {
    this(
        "no connection: " + words(cause),
        Reason.CARRIER_UNREACHABLE,
        isRefusal(exchange.reply()) ? exchange : null);
  }

  private RelayUnavailable(String words, Reason reason, @Nullable Exchange exchange) {
    super(words, null, false, false);
    this.words = words;
    this.reason = reason;
    this.exchange = exchange;
  }

  /// There is nothing to log in with, so that nobody was asked.
  static RelayUnavailable withoutToken(IOException cause) {
    return new RelayUnavailable(
        "the token file cannot be read: " + cause.getClass().getSimpleName(),
        Reason.ACCOUNT_REFUSED,
        null);
  }

  /// It takes none of the ways to log in that were open to us.
  static RelayUnavailable withoutMechanism() {
    return new RelayUnavailable(
        "the relay offers no way to log in that can be used", Reason.ACCOUNT_REFUSED, null);
  }

  /// Why, without personal data.
  String words() {
    return words;
  }

  Reason reason() {
    return reason;
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
