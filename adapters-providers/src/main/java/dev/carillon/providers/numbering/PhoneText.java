package dev.carillon.providers.numbering;

import org.jspecify.annotations.Nullable;

/// A phone number as it was written, reduced to its digits: in any script's decimal digits, set off
/// by blanks, dashes, dots, slashes, one pair of brackets at a time, and the invisible marks that
/// text copied from elsewhere brings along. Letters, extensions and anything else are refused.
///
/// @param international whether a plus sign leads it
/// @param digits in ASCII
record PhoneText(boolean international, String digits) {
  /// No plain spelling of a number is longer; what is longer is not looked at.
  private static final int LONGEST_TEXT = 64;

  /// The 15 digits of ITU-T E.164 and room for a prefix of international or carrier selection.
  private static final int MOST_DIGITS = 20;

  private static final char FULL_WIDTH_PLUS = '\uFF0B';
  private static final char MINUS_SIGN = '\u2212';

  /// The number that a text writes down, or null when it writes none.
  static @Nullable PhoneText read(String text) {
    return text.length() > LONGEST_TEXT ? null : new Reader().read(text);
  }

  private static boolean isSeparator(char c) {
    if (c == ' ' || c == '-' || c == '.' || c == '/' || c == '\t' || c == MINUS_SIGN) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.SPACE_SEPARATOR
        || type == Character.DASH_PUNCTUATION
        || type == Character.FORMAT;
  }

  /// What has been read so far.
  private static final class Reader {
    private final char[] digits = new char[MOST_DIGITS];
    private int count;
    private boolean plus;
    private boolean bracket;

    @Nullable PhoneText read(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (!take(text.charAt(i))) {
          return null;
        }
      }
      return bracket || count == 0 ? null : new PhoneText(plus, new String(digits, 0, count));
    }

    private boolean take(char c) {
      int digit = c >= '0' && c <= '9' ? c - '0' : Character.digit(c, 10);
      if (digit >= 0) {
        return takeDigit(digit);
      }
      return switch (c) {
        case '+', FULL_WIDTH_PLUS -> takePlus();
        case '(' -> takeBracket(true);
        case ')' -> takeBracket(false);
        default -> isSeparator(c);
      };
    }

    private boolean takeDigit(int digit) {
      if (count == MOST_DIGITS) {
        return false;
      }
      digits[count++] = (char) ('0' + digit);
      return true;
    }

    private boolean takePlus() {
      boolean leads = count == 0 && !plus;
      plus = true;
      return leads;
    }

    private boolean takeBracket(boolean opens) {
      boolean paired = bracket != opens;
      bracket = opens;
      return paired;
    }
  }

  @Override
  public String toString() {
    return "PhoneText[" + digits.length() + " digits]";
  }
}
