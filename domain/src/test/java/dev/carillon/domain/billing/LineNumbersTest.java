package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineNumbersTest {
  @Test
  void takesTwoBytesWhereAllAreTheSame() {
    LineNumbers numbers = LineNumbers.of(new int[] {7, 7, 7}, null);

    assertThat(numbers.bytes()).hasSize(2);
    assertThat(numbers.at(2)).isEqualTo(7);
  }

  @Test
  void looksOnlyAtThoseThatCount() {
    LineNumbers numbers =
        LineNumbers.of(new int[] {0, 5, 9, 5}, new boolean[] {false, true, false, true});

    assertThat(numbers.bytes()).hasSize(2);
    assertThat(numbers.at(3)).isEqualTo(5);
  }

  @Test
  void isEmptyWhereNothingCounts() {
    assertThat(LineNumbers.of(new int[2], new boolean[2]).isEmpty()).isTrue();
    assertThat(LineNumbers.of(new int[0], null)).isEqualTo(LineNumbers.NONE);
    assertThat(LineNumbers.stored(null)).isEqualTo(LineNumbers.NONE);
  }

  @Test
  void comesBackFromTheStoreAsItWas() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int[] numbers = random.ints(1 + random.nextInt(20), 0, BillLines.MOST).toArray();

      LineNumbers back = LineNumbers.stored(LineNumbers.of(numbers, null).bytes());

      for (int i = 0; i < numbers.length; i++) {
        assertThat(back.at(i)).as("seed " + seed).isEqualTo(numbers[i]);
      }
    }
  }
}
