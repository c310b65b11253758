package dev.carillon.providers.callback;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words that mean, alone in a message, that somebody wants no more of them. Case, spaces and
/// punctuation around them do not matter.
public final class StopWords {
  /// What is taken as such in English
  /// (<https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out>).
  public static final Set<String> USUAL =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

  /// Longer than any such word; a longer text is not looked at.
  private static final int LONGEST = 64;

  private static final Pattern AROUND =
      Pattern.compile("^[\\p{IsPunctuation}\\s]+|[\\p{IsPunctuation}\\s]+$");

  private final Set<String> words;

  /// @param words in whatever case
  public StopWords(Set<String> words) {
    this.words = words.stream().map(StopWords::bare).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether the text is one of them.
  public boolean says(String text) {
    return text.length() <= LONGEST && words.contains(bare(text));
  }

  private static String bare(String text) {
    return AROUND.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
  }
}
