package dev.carillon.domain.delivery;

/// A carrier's own words, made fit to be stored: bounded, and without NUL, which a text of
/// PostgreSQL cannot hold (PostgreSQL manual, 8.3 Character Types).
final class CarrierWords {
  private static final int LONGEST = 255;

  private CarrierWords() {}

  /// At most 255 characters; a surrogate pair is kept whole or left out.
  static String fit(String words) {
    return cut(words).replace('\0', ' ');
  }

  private static String cut(String words) {
    if (words.length() <= LONGEST) {
      return words;
    }
    boolean splitsPair =
        Character.isHighSurrogate(words.charAt(LONGEST - 1))
            && Character.isLowSurrogate(words.charAt(LONGEST));
    return words.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
  }
}
