package dev.carillon.providers;

import java.util.regex.Pattern;

/// What a failure says, for a log: its class, and its words without whatever may be an address, a
/// number of somebody or a quotation of what it worked on.
final class MaskedWords {
  /// Far more than is needed to know what is wrong.
  private static final int LONGEST = 200;

  /// Of what is longer, only the beginning is looked at.
  private static final int MOST_READ = 2_000;

  private static final String MASK = "***";

  /// Mail addresses, seven digits or more with what may stand between them, and what is quoted.
  private static final Pattern TELLING =
      Pattern.compile(
          "[^\\s\"']+@[^\\s\"']*|\\+?\\d(?:[ ().-]{0,2}\\d){6,}|\"[^\"]*(?:\"|$)|'[^']*(?:'|$)");

  private MaskedWords() {}

  static String of(Throwable failure) {
    String name = failure.getClass().getName();
    String words = failure.getMessage();
    return words == null ? name : name + ": " + masked(words);
  }

  private static String masked(String words) {
    String read = words.substring(0, Math.min(words.length(), MOST_READ));
    String masked = TELLING.matcher(read).replaceAll(MASK);
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + MASK;
  }
}
