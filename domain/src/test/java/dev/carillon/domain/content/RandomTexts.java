package dev.carillon.domain.content;

import java.util.List;
import java.util.Random;

/// Texts from a seed, rich in what sits at the edges: escapes, pairs, lone surrogates, and
/// characters that only look like those of the GSM alphabet.
final class RandomTexts {
  private static final String BASIC = "aZ09 @£\n\rÇØåΔΩÆß¤§à¿";
  private static final String ESCAPED = "\f^{}\\[~]|€";
  private static final List<String> FOREIGN =
      List.of("ç", "ж", "Α", "`", "\u001B", "\t", "😀", "𝄞", "\uD83D", "\uDE00", "中", "\u00A0");

  /// Override with `-Dcarillon.seed=…` to repeat a failure.
  static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  private final Random random;

  RandomTexts() {
    this(SEED);
  }

  RandomTexts(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// Only characters of the GSM alphabet, up to a length in characters.
  String gsm(int longest) {
    int escapedOfTen = random.nextInt(11);
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(longest + 1); length > 0; length--) {
      String from = random.nextInt(10) < escapedOfTen ? ESCAPED : BASIC;
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  /// Anything, with at least one character that the GSM alphabet lacks.
  String foreign(int longest) {
    StringBuilder text = new StringBuilder(gsm(longest));
    for (int inserts = 1 + random.nextInt(longest + 1); inserts > 0; inserts--) {
      text.insert(random.nextInt(text.length() + 1), one());
    }
    return text.toString().chars().allMatch(NaiveSms::isGsm) ? text + "ж" : text.toString();
  }

  /// GSM or foreign, evenly.
  String any(int longest) {
    return random.nextBoolean() ? gsm(longest) : foreign(longest);
  }

  /// One character, pair or lone surrogate that the GSM alphabet lacks.
  String one() {
    return FOREIGN.get(random.nextInt(FOREIGN.size()));
  }
}
