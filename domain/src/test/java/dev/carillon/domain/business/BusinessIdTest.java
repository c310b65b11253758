package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessIdTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, Long.MAX_VALUE})
  void isPositive(long value) {
    assertThat(new BusinessId(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void isNothingElse(long value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BusinessId(value));
  }
}
