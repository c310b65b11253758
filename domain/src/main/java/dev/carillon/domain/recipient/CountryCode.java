package dev.carillon.domain.recipient;

import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Optional;
import java.util.Set;

/// A country by its two upper-case letters of ISO 3166-1 alpha-2, as the Java runtime knows them.
public record CountryCode(String value) {
  private static final Set<String> KNOWN = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2);

  public CountryCode {
    if (!KNOWN.contains(value)) {
      throw new IllegalArgumentException("not a country code of ISO 3166-1 alpha-2");
    }
  }

  /// The country that two letters of either case stand for; empty if they stand for none.
  public static Optional<CountryCode> parse(String text) {
    String upperCase = text.toUpperCase(Locale.ROOT);
    return KNOWN.contains(upperCase) ? Optional.of(new CountryCode(upperCase)) : Optional.empty();
  }
}
