package dev.carillon.providers.smtp;

import dev.carillon.domain.recipient.EmailAddress;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads who a mail is from or to as people write it.
final class MailAddresses {
  private MailAddresses() {}

  /// One address, with or without a name before it; empty when the text is none, or several.
  static Optional<InternetAddress> sender(String text) {
    try {
      InternetAddress[] parsed = InternetAddress.parse(text, true);
      return parsed.length == 1 && !parsed[0].isGroup() ? named(parsed[0]) : Optional.empty();
    } catch (AddressException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Optional<InternetAddress> named(InternetAddress parsed) {
    return EmailAddress.parse(parsed.getAddress())
        .map(address -> of(address.value(), parsed.getPersonal()));
  }

  private static InternetAddress of(String address, String name) {
    try {
      return new InternetAddress(address, name, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
