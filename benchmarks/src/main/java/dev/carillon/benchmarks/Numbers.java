package dev.carillon.benchmarks;

/// Phone numbers to send to: valid mobile numbers of Zimbabwe, all different, none of them one that
/// the simulated carrier has a script for.
public final class Numbers {
  /// How many there are.
  public static final int COUNT = 16_000_000;

  private static final int EACH = 4_000_000;
  private static final int FIRST = 1_000_000;
  private static final String[] BLOCKS = {"+26377", "+26378", "+26371", "+26372"};

  private Numbers() {}

  /// The number with the given index, which is taken modulo [#COUNT].
  public static String at(long index) {
    int n = (int) (index % COUNT);
    return BLOCKS[n / EACH] + (FIRST + n % EACH);
  }
}
