package dev.carillon.grpc;

import java.util.Map;
import java.util.Set;

/// What the patterns of the .proto files want, in words. A pattern that is not here has none: a
/// test keeps both alike.
final class RulePatterns {
  private static final String ID_CHARACTERS = "letters A to Z and a to z, digits, and _ . : -";

  private static final Map<String, String> WORDS =
      Map.of(
          "^[A-Za-z0-9_.:-]{0,128}$",
          "must have at most 128 characters: " + ID_CHARACTERS,
          "^[A-Za-z0-9_.:-]{1,128}$",
          "must have 1 to 128 characters: " + ID_CHARACTERS,
          "^([A-Z]{2})?$",
          "must be empty, or a country code of ISO 3166-1 alpha-2 in capitals, such as ZW",
          "^[A-Z]{2}$",
          "must be a country code of ISO 3166-1 alpha-2 in capitals, such as ZW",
          "^(plain)?$",
          "must be plain or empty",
          "^[A-Za-z_][A-Za-z0-9_.]{0,63}$",
          "must have 1 to 64 letters, digits, underscores and dots, and begin with a letter or an"
              + " underscore",
          "^\\+[1-9][0-9]{0,14}$",
          "must be the beginning of a number in E.164: + and 1 to 15 digits, the first not 0",
          "^((id|create_time|update_time|last_name)( (asc|desc))?)?$",
          "must be empty, or id, create_time, update_time or last_name, with asc or desc after a"
              + " space or without");

  private RulePatterns() {}

  /// What a text must be to fit.
  static String words(String pattern) {
    return WORDS.getOrDefault(pattern, "is not written as the API asks for");
  }

  /// Those that have words.
  static Set<String> known() {
    return WORDS.keySet();
  }
}
