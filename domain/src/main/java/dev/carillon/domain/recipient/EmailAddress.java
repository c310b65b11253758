package dev.carillon.domain.recipient;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mail address of the shape of RFC 5321, 4.1.2, with its domain in lower case and in ASCII
/// (punycode). Address literals and domains without a dot are refused: mail to them leaves no
/// house. The local part keeps its case, which is its host's business (RFC 5321, 2.4).
public record EmailAddress(String value) implements Address {
  /// RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets.
  private static final int LONGEST = 254;

  public EmailAddress {
    if (!value.equals(canonical(value))) {
      throw new IllegalArgumentException("not an email address in canonical form");
    }
  }

  /// The address that a text stands for, blanks around it set aside; empty if it stands for none.
  /// Takes time linear in the text, and bounded.
  public static Optional<EmailAddress> parse(String text) {
    String canonical = canonical(text.strip());
    return canonical == null ? Optional.empty() : Optional.of(new EmailAddress(canonical));
  }

  /// The part after the last `@`.
  public String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  @Override
  public String masked() {
    int at = value.lastIndexOf('@');
    String shown =
        at > 1 && Character.isLetterOrDigit(value.charAt(0)) ? value.substring(0, 1) : "";
    return shown + "***" + value.substring(at);
  }

  @Override
  public String toString() {
    return masked();
  }

  private static @Nullable String canonical(String text) {
    int at = text.lastIndexOf('@');
    if (text.length() > LONGEST || at < 0 || !LocalPart.isValid(text.substring(0, at))) {
      return null;
    }
    String domain = DomainName.canonical(text.substring(at + 1));
    return domain == null || at + 1 + domain.length() > LONGEST
        ? null
        : text.substring(0, at + 1) + domain;
  }
}
