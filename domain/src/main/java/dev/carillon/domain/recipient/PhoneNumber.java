package dev.carillon.domain.recipient;

import java.util.Optional;

/// A telephone number in the international form of ITU-T E.164: `+`, a country code, which begins
/// with no 0, and 7 to 15 digits in all. Whether the number is in use is not known here.
public record PhoneNumber(String value) implements Address {
  /// ITU-T E.164: at most 15 digits. The least is ours, and keeps short codes out.
  private static final int MOST_DIGITS = 15;

  private static final int FEWEST_DIGITS = 7;
  private static final int SHOWN_AT_START = 3;
  private static final int SHOWN_AT_END = 2;

  public PhoneNumber {
    if (!isE164(value)) {
      throw new IllegalArgumentException("not a phone number in E.164 form");
    }
  }

  /// The number that a text in E.164 form stands for; empty for any other text. National forms are
  /// read by the numbering port.
  public static Optional<PhoneNumber> parse(String text) {
    return isE164(text) ? Optional.of(new PhoneNumber(text)) : Optional.empty();
  }

  @Override
  public String masked() {
    return value.substring(0, SHOWN_AT_START)
        + "***"
        + value.substring(value.length() - SHOWN_AT_END);
  }

  @Override
  public String toString() {
    return masked();
  }

  private static boolean isE164(String text) {
    int digits = text.length() - 1;
    if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
      return false;
    }
    if (text.charAt(0) != '+' || text.charAt(1) == '0') {
      return false;
    }
    for (int i = 1; i <= digits; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
