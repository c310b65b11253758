package dev.carillon.providers.numbering;

/// The numbers of Mauritania that are taken whether or not the library knows their block: country
/// code 222 and 8 digits, the first of them 2, 3 or 4. The library's plan leaves some of them out.
final class MauritanianNumbers {
  /// ISO 3166-1 alpha-2.
  static final String REGION = "MR";

  /// ITU-T E.164, list of assigned country codes.
  static final String CALLING_CODE = "222";

  private static final int LOCAL_DIGITS = 8;

  private MauritanianNumbers() {}

  /// Whether these are country code and local digits of one.
  static boolean isInternational(String digits) {
    return digits.startsWith(CALLING_CODE) && isLocal(digits, CALLING_CODE.length());
  }

  /// Whether these are the local digits of one.
  static boolean isLocal(String digits) {
    return isLocal(digits, 0);
  }

  private static boolean isLocal(String digits, int from) {
    return digits.length() - from == LOCAL_DIGITS
        && digits.charAt(from) >= '2'
        && digits.charAt(from) <= '4';
  }
}
