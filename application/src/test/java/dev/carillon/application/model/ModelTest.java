package dev.carillon.application.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever happens in whatever order, the service stands where the plain model stands, after every
/// single step.
class ModelTest {
  private static final int SEQUENCES = 1_000;
  private static final int STEPS = 60;

  /// Override with `-Dcarillon.seed=…` to repeat a failure as the first sequence.
  private static final long SEED = Long.getLong("carillon.seed", System.nanoTime());

  @Test
  void standsWhereThePlainModelStandsAfterEveryStep() {
    long ended =
        LongStream.range(SEED, SEED + SEQUENCES)
            .map(seed -> Histories.run(new InMemoryModelStore(), seed, STEPS))
            .sum();

    assertThat(ended).isGreaterThan(SEQUENCES);
  }
}
