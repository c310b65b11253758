package dev.carillon.domain.business;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFormTest {
  private static final String RANDOM = "0123456789abcdefghijklmnopqrstuvwxyzABC-_xy";

  @Test
  void knowsWhatItMakes() {
    assertThat(ApiKeyForm.of(Environment.LIVE, RANDOM)).isEqualTo("sk_live_" + RANDOM);
    assertThat(ApiKeyForm.fits(ApiKeyForm.of(Environment.LIVE, RANDOM))).isTrue();
    assertThat(ApiKeyForm.fits(ApiKeyForm.of(Environment.TEST, RANDOM))).isTrue();
    assertThat(ApiKeyForm.fits("pk_test_" + RANDOM)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sk_live_",
        "sk_live_" + RANDOM + "A",
        "sk_live_0123456789abcdefghijklmnopqrstuvwxyzABC-_x",
        "sk_live_0123456789abcdefghijklmnopqrstuvwxyzABC-_x=",
        "sk_live_0123456789abcdefghijklmnopqrstuvwxyzABC-_x\n",
        "sk_live_0123456789abcdefghijklmnopqrstuvwxyzABC-_xé",
        "sk_prod_" + RANDOM,
        "SK_live_" + RANDOM,
        "rk_live_" + RANDOM,
        "pk_sk_live_" + RANDOM,
        RANDOM
      })
  void knowsWhatCannotBeOne(String key) {
    assertThat(ApiKeyForm.fits(key)).isFalse();
  }
}
