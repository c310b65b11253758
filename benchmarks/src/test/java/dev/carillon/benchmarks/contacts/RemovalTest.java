package dev.carillon.benchmarks.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RemovalTest {
  private static final List<Removal> THREE =
      List.of(new Removal(10, 4), new Removal(20, 5), new Removal(30, 6));

  @Test
  void thoseThatWereAskedForBeforeMayHaveHappened() {
    assertThat(Removal.before(25, THREE)).containsExactly(0, 4, 9);
  }

  @Test
  void beforeTheFirstNobodyWasOut() {
    assertThat(Removal.before(10, THREE)).containsExactly(0);
  }
}
