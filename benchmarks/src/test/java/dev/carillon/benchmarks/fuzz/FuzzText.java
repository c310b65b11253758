package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/// Makes texts of what the fuzzer gives. Every sixteenth is stretched to many times its length,
/// since what takes more than linear time shows in long texts, and the fuzzer by itself makes short
/// ones.
public final class FuzzText {
  /// Most UTF-16 units of a text.
  public static final int LONGEST = 1 << 15;

  private static final int MOST_PLAIN = 400;
  private static final int MOST_DOUBLINGS = 14;
  private static final int STRETCHED_OF = 16;

  private FuzzText() {}

  /// The next text: any characters, surrogates without a partner and NUL too.
  public static String next(FuzzedDataProvider data) {
    boolean stretched = data.consumeInt(1, STRETCHED_OF) == STRETCHED_OF;
    int times = stretched ? 1 << data.consumeInt(1, MOST_DOUBLINGS) : 1;
    String lead = stretched ? data.consumeString(data.consumeInt(0, MOST_PLAIN)) : "";
    String unit = data.consumeString(MOST_PLAIN);
    int room = (LONGEST - lead.length()) / Math.max(1, unit.length());
    return lead + unit.repeat(Math.min(times, room));
  }
}
