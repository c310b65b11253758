package dev.carillon.domain.content;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The rules of a mail's fields; above all, that no value can write a header line of its own.
final class EmailRules {
  /// Headers that the mail gets from its own fields, or that only those who carry it may write.
  private static final Set<String> FORBIDDEN_HEADERS =
      Set.of(
          "from",
          "to",
          "subject",
          "reply-to",
          "bcc",
          "cc",
          "mime-version",
          "dkim-signature",
          "return-path",
          "received");

  private static final String FORBIDDEN_PREFIX = "content-";

  /// What stands between a header's name and its value.
  private static final int SEPARATOR_LENGTH = ": ".length();

  /// How much of a header's name a field path shows.
  private static final int LONGEST_SHOWN_NAME = 64;

  private EmailRules() {}

  static void check(EmailContent email, ContentLimits limits, Violations violations) {
    checkLine("email.from", email.from(), limits, violations);
    checkLine("email.reply_to", email.replyTo(), limits, violations);
    checkLine("email.subject", email.subject(), limits, violations);
    violations.checkBody("email.html", email.html());
    violations.checkBody("email.text", email.text());
    checkSize(email, limits, violations);
    checkHeaders(email.headers(), limits, violations);
  }

  private static void checkLine(
      String field, String value, ContentLimits limits, Violations violations) {
    violations.checkLine(field, value);
    violations.checkCharacters(field, value, limits.emailMaxLineCharacters());
  }

  private static void checkSize(EmailContent email, ContentLimits limits, Violations violations) {
    if (Utf8.length(email.html()) + Utf8.length(email.text()) > limits.emailMaxBodyBytes()) {
      violations.add(
          email.html().isEmpty() ? "email.text" : "email.html",
          "must not exceed " + limits.emailMaxBodyBytes() + " bytes, HTML and text together");
    }
  }

  private static void checkHeaders(
      Map<String, String> headers, ContentLimits limits, Violations violations) {
    if (headers.size() > limits.emailMaxHeaders()) {
      violations.add(
          "email.headers", "must not be more than " + limits.emailMaxHeaders() + " headers");
      return;
    }
    headers.forEach((name, value) -> checkHeader(name, value, limits, violations));
  }

  private static void checkHeader(
      String name, String value, ContentLimits limits, Violations violations) {
    String field = "email.headers[" + shown(name) + "]";
    if (!isFieldName(name)) {
      violations.add(field, "must be named by printable ASCII characters without space or colon");
    } else if (isForbidden(name)) {
      violations.add(field, "must not be set as a header of its own");
    }
    violations.checkLine(field, value);
    if (length(name) + SEPARATOR_LENGTH + length(value) > limits.emailMaxLineCharacters()) {
      violations.add(
          field,
          "must not be longer than "
              + limits.emailMaxLineCharacters()
              + " characters, its name included");
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// RFC 5322, 3.6.8: a field name is one or more of the characters 33 to 126, colon excepted.
  private static boolean isFieldName(String name) {
    return !name.isEmpty() && name.chars().allMatch(EmailRules::isFieldNameCharacter);
  }

  private static boolean isFieldNameCharacter(int c) {
    return c > ' ' && c <= '~' && c != ':';
  }

  private static boolean isForbidden(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return FORBIDDEN_HEADERS.contains(lowerCase) || lowerCase.startsWith(FORBIDDEN_PREFIX);
  }

  /// A name fit for a field path, whatever the caller wrote: bounded, and with `?` for what is no
  /// character of a name.
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.chars()
        .limit(LONGEST_SHOWN_NAME)
        .forEach(c -> shown.append(isFieldNameCharacter(c) ? (char) c : '?'));
    return shown.toString();
  }
}
