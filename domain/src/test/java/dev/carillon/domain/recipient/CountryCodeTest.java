package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountryCodeTest {

  @ParameterizedTest
  @CsvSource({"ZW, ZW", "us, US", "mR, MR"})
  void readsKnownCountriesInEitherCase(String text, String value) {
    assertThat(CountryCode.parse(text)).contains(new CountryCode(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Z", "ZWE", "XX", "Z1", " ZW", "UK"})
  void refusesUnknownCountries(String text) {
    assertThat(CountryCode.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new CountryCode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zw", "Zw"})
  void isUpperCase(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CountryCode(text));
  }
}
