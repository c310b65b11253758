package dev.carillon.benchmarks.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.v1.RefusedField;
import dev.carillon.v1.RefusedRow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BadRowsTest {
  @Test
  void areCountedAsTheyAreMade() {
    for (long rows : new long[] {0, 49, 50, 51, 100, 150, 151, 999, 1_000}) {
      assertThat(BadRows.countOf(rows))
          .as("of %d", rows)
          .isEqualTo(LongStream.range(0, rows).filter(BadRows::isBad).count());
    }
  }

  @Test
  void aBadRowHasOneBadField() {
    assertThat(BadRows.at(50).getLastName()).isEmpty();
    assertThat(BadRows.at(50).getSmsPhone()).isEqualTo(People.at(50).getSmsPhone());
    assertThat(BadRows.at(150).getSmsPhone()).isEqualTo("+2637");
    assertThat(BadRows.at(51)).isEqualTo(People.at(51));
  }

  @Test
  void onlyTheRightFieldOfTheRightRowIsRight() {
    assertThat(BadRows.isTold(told(5_150, 2, 150, "last_name"))).isFalse();
    assertThat(BadRows.isTold(told(5_150, 2, 150, "email"))).isTrue();
    assertThat(BadRows.isTold(told(5_150, 2, 150, "email", "city"))).isFalse();
    assertThat(BadRows.isTold(told(5_150, 1, 150, "email"))).isFalse();
    assertThat(BadRows.isTold(told(5_150, 2, 151, "email"))).isFalse();
    assertThat(BadRows.isTold(told(5_151, 2, 151, "email"))).isFalse();
  }

  private static RefusedRow told(long row, long sequence, int index, String... fields) {
    RefusedRow.Builder told =
        RefusedRow.newBuilder().setRow(row).setSequence(sequence).setIndex(index);
    for (String field : fields) {
      told.addFields(RefusedField.newBuilder().setPath("recipients[" + index + "]." + field));
    }
    return told.build();
  }
}
