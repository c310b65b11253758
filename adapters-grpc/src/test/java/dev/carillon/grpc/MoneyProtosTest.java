package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.type.Money;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyProtosTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "1,0,1000000",
    "0,1000,1",
    "-1,-500000000,-1500000",
    "0,-20000000,-20000",
    "9223372036854,775807000,9223372036854775807",
    "-9223372036854,-775808000,-9223372036854775808"
  })
  void readsWhatItWrites(long units, int nanos, long micros) {
    Money given = Money.newBuilder().setCurrencyCode("USD").setUnits(units).setNanos(nanos).build();

    var read = Objects.requireNonNull(MoneyProtos.money("amount", given, new Violations()));

    assertThat(read).isEqualTo(new dev.carillon.domain.billing.Money("USD", micros));
    assertThat(ProtoValues.money(read)).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, -1, 1_500, 999_999_999, 1_000_000_000, -1_000_000_000})
  void refusesWhatIsFinerThanAMicroOrNoNanos(int nanos) {
    assertThat(problem(Money.newBuilder().setCurrencyCode("USD").setNanos(nanos).build()))
        .isNotEmpty();
  }

  @Test
  void refusesUnitsAndNanosThatPullApart() {
    assertThat(
            problem(Money.newBuilder().setCurrencyCode("USD").setUnits(1).setNanos(-1_000).build()))
        .contains("same sign");
    assertThat(
            problem(Money.newBuilder().setCurrencyCode("USD").setUnits(-1).setNanos(1_000).build()))
        .contains("same sign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usd", "US", "USDD", "U$D", "ＵＳＤ"})
  void refusesWhatIsNoCurrency(String code) {
    assertThat(problem(Money.newBuilder().setCurrencyCode(code).setUnits(1).build()))
        .contains("ISO 4217");
  }

  @ParameterizedTest
  @ValueSource(longs = {9_223_372_036_855L, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesWhatCannotBeCounted(long units) {
    assertThat(problem(Money.newBuilder().setCurrencyCode("USD").setUnits(units).build()))
        .contains("more than can be counted");
  }

  private static String problem(Money money) {
    Violations violations = new Violations();
    assertThat(MoneyProtos.money("amount", money, violations)).isNull();
    DomainError error = catchThrowableOfType(DomainException.class, violations::refuse).error();
    FieldViolation violation = ((DomainError.InvalidFields) error).violations().getFirst();
    assertThat(violation.path()).isEqualTo("amount");
    return violation.description();
  }
}
