package dev.carillon.domain.content;

/// Sizes in UTF-8 without making the bytes.
final class Utf8 {
  private Utf8() {}

  /// The octets that a text takes in UTF-8 (RFC 3629, 3). A lone surrogate counts one, as Java's
  /// encoder writes `?` for it.
  static long length(String text) {
    long octets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        octets++;
      } else if (c < 0x800) {
        octets += 2;
      } else if (!Character.isSurrogate(c)) {
        octets += 3;
      } else if (startsPair(text, i)) {
        octets += 4;
        i++;
      } else {
        octets++;
      }
    }
    return octets;
  }

  private static boolean startsPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
