package dev.carillon.domain.business;

import java.util.Locale;
import java.util.regex.Pattern;

/// What an API key looks like, so that what cannot be one is refused without looking for it.
public final class ApiKeyForm {
  /// 256 random bits in 43 characters of the URL-safe Base64 alphabet (RFC 4648, section 5); `pk_`
  /// is an alias of `sk_` (S0).
  private static final Pattern FORM = Pattern.compile("[sp]k_(?:live|test)_[A-Za-z0-9_-]{43}");

  private ApiKeyForm() {}

  /// The key of an environment.
  ///
  /// @param random what nobody can guess
  public static String of(Environment environment, String random) {
    return "sk_" + environment.name().toLowerCase(Locale.ROOT) + "_" + random;
  }

  /// Whether this may be a key that was made here.
  public static boolean fits(String key) {
    return FORM.matcher(key).matches();
  }
}
