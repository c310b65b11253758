package dev.carillon.providers.smpp;

/// What SMPP's C-octet strings may hold.
final class Ascii {
  private Ascii() {}

  /// Whether all of it is between space and tilde.
  static boolean isPrintable(String text) {
    return isBetween(text, ' ', '~');
  }

  /// Whether it has digits and nothing else.
  static boolean isDigits(String text) {
    return !text.isEmpty() && isBetween(text, '0', '9');
  }

  private static boolean isBetween(String text, char first, char last) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < first || text.charAt(i) > last) {
        return false;
      }
    }
    return true;
  }
}
