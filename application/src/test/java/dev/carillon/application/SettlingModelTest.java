package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever happens in whatever order, the store's promises hold after every single step.
class SettlingModelTest {
  private static final int SEQUENCES = 400;
  private static final int STEPS = 60;

  /// Override with `-Dcarillon.seed=…` to repeat a failure as the first sequence.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  @Test
  void keepsItsPromisesAfterEveryStepOfRandomSequences() {
    long ended = LongStream.range(SEED, SEED + SEQUENCES).map(SettlingModelTest::run).sum();

    assertThat(ended).isGreaterThan(SEQUENCES);
  }

  /// Runs one sequence and tells how many jobs ended in it.
  private static long run(long seed) {
    RandomHouse house = new RandomHouse(seed);
    try {
      for (int step = 0; step < STEPS; step++) {
        house.step();
        house.check();
      }
      house.finish();
      house.check();
      return house.checkEnded();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "with -Dcarillon.seed=" + seed + " after " + house.history(), failure);
    }
  }
}
