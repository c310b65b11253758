package dev.carillon.domain.billing;

/// Where a price holds: everywhere, in a country, or for numbers that begin in a certain way (a
/// network). At most one of the two is given.
///
/// @param country ISO 3166-1 alpha-2; empty for any
/// @param prefix of the number in E.164 with its plus, such as `+26377`; empty for any
public record Destination(String country, String prefix) {
  /// Every destination.
  public static final Destination ANY = new Destination("", "");

  private static final int LONGEST_PREFIX = 16;

  public Destination {
    if (!country.isEmpty() && !prefix.isEmpty()) {
      throw new IllegalArgumentException("a destination is a country or a prefix");
    }
    if (!isCountry(country) || !isPrefix(prefix)) {
      throw new IllegalArgumentException("a country has two letters, a prefix a plus and digits");
    }
  }

  /// Whether a text may stand for a country; the empty one stands for any.
  public static boolean isCountry(String text) {
    return text.isEmpty() || text.matches("[A-Z]{2}");
  }

  /// Whether a text may stand for a prefix; the empty one stands for any.
  public static boolean isPrefix(String text) {
    return text.isEmpty() || (text.length() <= LONGEST_PREFIX && text.matches("\\+[1-9][0-9]*"));
  }
}
