package dev.carillon.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PromiseTest {
  private static final int LENGTH = FuzzText.LONGEST / 4;

  @Test
  void linearWorkIsAllowed() {
    assertThat(Promise.linear(LENGTH, () -> steps(LENGTH))).isEqualTo(LENGTH);
  }

  @Test
  void quadraticWorkIsFound() {
    assertThatThrownBy(() -> Promise.linear(LENGTH, () -> steps((long) LENGTH * LENGTH)))
        .isInstanceOf(SlowInputException.class)
        .hasMessageStartingWith(LENGTH + " characters took ");
  }

  @Test
  void aBrokenPromiseIsTold() {
    assertThatThrownBy(() -> Promise.kept(false, "it adds up"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken: it adds up");
  }

  // not to be foreseen by the compiler
  private static long steps(long count) {
    long done = 0;
    for (long step = 0; step < count; step++) {
      done += Long.bitCount(step ^ (step << 7)) >= 0 ? 1 : 0;
    }
    return done;
  }
}
