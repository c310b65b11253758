package dev.carillon.providers.numbering;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The library's numbering plans. Digits in, digits out: country code and national number, without
/// the plus sign.
///
/// The library's parser spends most of its time on finding extensions, second numbers and letters
/// in free text. Digits that stand for a valid number as they are need none of that and are only
/// checked against the plan; all others go through the parser.
final class NumberingPlans {
  private static final int LONGEST_CALLING_CODE = 3;
  private static final int CALLING_CODES = 1_000;

  /// ITU-T E.164.
  private static final int MOST_DIGITS = 15;

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
  private final boolean[] callingCodes = new boolean[CALLING_CODES];
  private final Set<String> regions = library.getSupportedRegions();
  private final ConcurrentMap<String, Plan> plans = new ConcurrentHashMap<>();

  NumberingPlans() {
    library.getSupportedCallingCodes().forEach(code -> callingCodes[code] = true);
  }

  /// The valid number that these digits with a plus sign stand for; null when there is none.
  @Nullable String international(String digits) {
    Phonenumber.PhoneNumber number = number(digits);
    return number != null && !isPrefixed(digits, number) && library.isValidNumber(number)
        ? digits
        : parsed("+" + digits, PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY);
  }

  /// The valid number that these digits stand for when they are dialled in a region; null when
  /// there is none.
  @Nullable String national(String digits, String region) {
    Plan plan = plan(region);
    if (plan == null) {
      return null;
    }
    String dialled = plan.isPrefixed(digits, 0) ? withoutPrefix(digits, plan) : plain(digits, plan);
    return dialled == null ? parsed(digits, region) : dialled;
  }

  /// The digits of a number in the library's form; null when there are too many of them or no
  /// country code leads them.
  Phonenumber.@Nullable PhoneNumber number(String digits) {
    if (digits.startsWith("0") || digits.length() > MOST_DIGITS) {
      return null;
    }
    int code = 0;
    int most = Math.min(LONGEST_CALLING_CODE, digits.length() - 1);
    for (int i = 0; i < most; i++) {
      code = code * 10 + digits.charAt(i) - '0';
      if (callingCodes[code]) {
        return number(code, digits, i + 1);
      }
    }
    return null;
  }

  /// The country of a number (ISO 3166-1 alpha-2); empty text when it belongs to none, or when
  /// several share its country code and it is not valid in any.
  String country(Phonenumber.PhoneNumber number) {
    String region = library.getRegionCodeForNumber(number);
    return region == null || !regions.contains(region) ? "" : region;
  }

  /// Whether the national number begins like the prefix that is dialled before it: which of the two
  /// is meant is then the parser's to say.
  private boolean isPrefixed(String digits, Phonenumber.PhoneNumber number) {
    int code = number.getCountryCode();
    Plan plan = plan(library.getRegionCodeForCountryCode(code));
    return plan != null && plan.isPrefixed(digits, length(code));
  }

  private @Nullable String plain(String digits, Plan plan) {
    String full = plan.callingCode + digits;
    if (isValid(full)) {
      return full;
    }
    boolean led = digits.startsWith(plan.callingCode);
    return led && !plan.isPrefixed(digits, plan.callingCode.length()) && isValid(digits)
        ? digits
        : null;
  }

  /// Null also when the digits are valid with their prefix: that, too, is the parser's to say.
  private @Nullable String withoutPrefix(String digits, Plan plan) {
    String full = plan.callingCode + digits.substring(plan.prefix.length());
    return isValid(full) && !isValid(plan.callingCode + digits) ? full : null;
  }

  private boolean isValid(String digits) {
    Phonenumber.PhoneNumber number = number(digits);
    return number != null && library.isValidNumber(number);
  }

  private static Phonenumber.PhoneNumber number(int callingCode, String digits, int from) {
    Phonenumber.PhoneNumber number = new Phonenumber.PhoneNumber().setCountryCode(callingCode);
    int zeros = 0;
    while (from + zeros < digits.length() - 1 && digits.charAt(from + zeros) == '0') {
      zeros++;
    }
    if (zeros > 0) {
      number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
    }
    return number.setNationalNumber(Long.parseLong(digits, from, digits.length(), 10));
  }

  private @Nullable String parsed(String text, String region) {
    try {
      Phonenumber.PhoneNumber number = library.parse(text, region);
      return library.isValidNumber(number)
          ? library.format(number, PhoneNumberFormat.E164).substring(1)
          : null;
    } catch (NumberParseException notANumber) {
      return null;
    }
  }

  private @Nullable Plan plan(String region) {
    return regions.contains(region) ? plans.computeIfAbsent(region, this::load) : null;
  }

  private Plan load(String region) {
    String prefix = library.getNddPrefixForRegion(region, true);
    String callingCode = Integer.toString(library.getCountryCodeForRegion(region));
    return new Plan(callingCode, prefix == null ? "" : prefix);
  }

  private static int length(int callingCode) {
    return callingCode < 10 ? 1 : callingCode < 100 ? 2 : LONGEST_CALLING_CODE;
  }

  /// What has to be known of a region.
  ///
  /// @param prefix dialled before a national number, such as 0; empty when there is none
  private record Plan(String callingCode, String prefix) {
    boolean isPrefixed(String digits, int from) {
      return !prefix.isEmpty() && digits.startsWith(prefix, from);
    }
  }
}
