package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"simulated", "smpp-2", "a", "0", "abcdefghijklmnopqrstuvwxyz012345"})
  void takesNames(String name) {
    assertThat(new CarrierId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Simulated", "a b", "a_b", "a\n", "é", "abcdefghijklmnopqrstuvwxyz0123456"})
  void refusesAnythingElse(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CarrierId(name));
  }
}
