package dev.carillon.domain.message;

import java.util.Random;
import java.util.function.Consumer;

/// Runs a check on many random cases; a failure names the seed that repeats it.
public final class SeededCases {
  /// Override with `-Dcarillon.seed=…` to repeat a failure.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  private SeededCases() {}

  /// Each case gets randomness of its own, made of the seed and its number.
  public static void run(int cases, Consumer<Random> check) {
    for (int i = 0; i < cases; i++) {
      try {
        check.accept(new Random(SEED + i));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed %d, case %d".formatted(SEED, i), failure);
      }
    }
  }

  /// One of the given values.
  public static <T> T oneOf(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
