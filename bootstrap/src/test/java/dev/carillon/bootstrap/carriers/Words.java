package dev.carillon.bootstrap.carriers;

import java.util.List;

/// Texts that are easily spoilt on their way.
final class Words {
  /// Characters of the GSM extension table take two septets.
  private static final String EXTENSION = "Price: 10 € ^{}\\[~]| {a} [b] ~ and so on";

  /// The 67th unit of the first part would be one half of a surrogate pair.
  private static final String ACROSS_A_BORDER = "я".repeat(66) + "\uD83D\uDE00" + "я".repeat(10);

  private static final String RIGHT_TO_LEFT = "שלום, האם הכול בסדר? مرحبا بك 123 في هراري";

  private static final String JOINED =
      "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 \uD83C\uDDFF\uD83C\uDDFC"
          + " n\u0303 ñ";

  private static final String MARKS = "a+b=c&d%20e?f#g;h/i \"q\" <b> 'x' `y` $1\nsecond\tline";

  /// Ten parts of 153 septets.
  private static final String TEN_PARTS = "0123456789abcdefg".repeat(90);

  private static final List<String> ALL =
      List.of(EXTENSION, ACROSS_A_BORDER, RIGHT_TO_LEFT, JOINED, MARKS, TEN_PARTS);

  private Words() {}

  /// The text of an entry: each of them in turn, no two entries having the same.
  static String of(int entry) {
    String text = ALL.get(entry % ALL.size());
    return text.equals(TEN_PARTS)
        ? text.substring(6) + "%06d".formatted(entry)
        : text + " " + entry;
  }
}
