package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest {

  /// What databases hold and order by: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({"BULK, 1", "NORMAL, 2", "URGENT, 3"})
  void keepsItsCode(Priority priority, int code) {
    assertThat(priority.code()).isEqualTo(code);
    assertThat(Priority.of(code)).isEqualTo(priority);
  }

  @Test
  void hasAsManyPrioritiesAsTheTable() {
    assertThat(Priority.values()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void knowsNoOtherCode(int code) {
    assertThatThrownBy(() -> Priority.of(code)).isInstanceOf(RuntimeException.class);
  }
}
