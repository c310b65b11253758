package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeKindTest {

  /// What databases hold: a row of this table may be added, never changed.
  @ParameterizedTest
  @CsvSource({
    "ACCEPTED, 1",
    "REJECTED, 2",
    "THROTTLED, 3",
    "UNREACHABLE, 4",
    "UNCONFIRMED, 5",
    "WITHDRAWN, 6",
    "WITHHELD, 7"
  })
  void keepsItsCode(OutcomeKind kind, int code) {
    assertThat(kind.code()).isEqualTo(code);
    assertThat(OutcomeKind.of(code)).isEqualTo(kind);
  }

  @Test
  void hasAKindForEveryAnswer() {
    assertThat(Outcomes.ALL).map(OutcomeKind::of).containsExactly(OutcomeKind.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void knowsNoOtherCode(int code) {
    assertThatThrownBy(() -> OutcomeKind.of(code)).isInstanceOf(RuntimeException.class);
  }
}
