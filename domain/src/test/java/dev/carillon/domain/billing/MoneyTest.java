package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.message.SeededCases;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "0.02, 20000",
    "25.00, 25000000",
    "1.96, 1960000",
    "0, 0",
    "0.000001, 1",
    "-0.5, -500000",
    "0.0000010, 1",
    "1E3, 1000000000",
    "9223372036854.775807, 9223372036854775807",
    "-9223372036854.775808, -9223372036854775808"
  })
  void readsUnitsExactly(BigDecimal units, long micros) {
    assertThat(Money.of("USD", units)).isEqualTo(new Money("USD", micros));
    assertThat(new Money("USD", micros).units()).isEqualByComparingTo(units);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0000001",
        "0.0000015",
        "9223372036854.775808",
        "-9223372036854.775809",
        "1E+2000000000",
        "1E-2000000000"
      })
  void refusesWhatItCannotHoldExactly(String units) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Money.of("USD", new BigDecimal(units)));
  }

  /// S3: 98 messages at 0.02 cost 1.96.
  @Test
  void multipliesThePriceOfOnePart() {
    assertThat(Money.of("USD", new BigDecimal("0.02")).times(98))
        .isEqualTo(Money.of("USD", new BigDecimal("1.96")));
  }

  @Test
  void agreesWithExactDecimals() {
    SeededCases.run(
        2_000,
        random -> {
          Money one = new Money("USD", random.nextLong() >> 12);
          Money other = new Money("USD", random.nextLong() >> 12);
          int count = random.nextInt(1_000);

          assertThat(one.plus(other).units()).isEqualTo(one.units().add(other.units()));
          assertThat(one.minus(other).units()).isEqualTo(one.units().subtract(other.units()));
          assertThat(one.plus(other).minus(other)).isEqualTo(one);
          assertThat(one.times(count).units())
              .isEqualTo(one.units().multiply(BigDecimal.valueOf(count)));
        });
  }

  @Test
  void overflowsLoudly() {
    Money most = new Money("USD", Long.MAX_VALUE);
    Money least = new Money("USD", Long.MIN_VALUE);
    Money micro = new Money("USD", 1);

    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(micro));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.minus(micro));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.times(2));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.times(-1));
    assertThat(most.plus(new Money("USD", 0))).isEqualTo(most);
  }

  @Test
  void neverMixesCurrencies() {
    Money dollars = new Money("USD", 5);
    Money ouguiya = new Money("MRU", 5);

    assertThatIllegalArgumentException().isThrownBy(() -> dollars.plus(ouguiya));
    assertThatIllegalArgumentException().isThrownBy(() -> dollars.minus(ouguiya));
    assertThat(dollars).isNotEqualTo(ouguiya);
  }

  @Test
  void keepsItsCurrency() {
    Money ouguiya = Money.of("MRU", BigDecimal.ONE);

    assertThat(ouguiya.plus(ouguiya).currency()).isEqualTo("MRU");
    assertThat(ouguiya.minus(ouguiya)).isEqualTo(Money.zero("MRU"));
    assertThat(ouguiya.times(3).currency()).isEqualTo("MRU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "US", "USDX", "usd", "U$D", "ÄÖÜ", "USD "})
  void refusesWhatIsNoCurrency(String currency) {
    assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(currency));
  }
}
