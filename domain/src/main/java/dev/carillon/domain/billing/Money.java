package dev.carillon.domain.billing;

import java.math.BigDecimal;

/// An exact amount: millionths of a currency unit. Arithmetic overflows loudly.
///
/// @param currency ISO 4217 code
/// @param micros millionths of one unit of it; negative is owed
public record Money(String currency, long micros) {
  private static final int SCALE = 6;

  public Money {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("a currency is three capital letters (ISO 4217)");
    }
  }

  /// Nothing of a currency.
  public static Money zero(String currency) {
    return new Money(currency, 0);
  }

  /// An amount written in units, such as 0.02; finer than a micro is refused.
  public static Money of(String currency, BigDecimal units) {
    return new Money(currency, units.movePointRight(SCALE).longValueExact());
  }

  public Money plus(Money other) {
    return new Money(sameCurrency(other), Math.addExact(micros, other.micros));
  }

  public Money minus(Money other) {
    return new Money(sameCurrency(other), Math.subtractExact(micros, other.micros));
  }

  public Money times(long count) {
    return new Money(currency, Math.multiplyExact(micros, count));
  }

  /// The same in units, exact.
  public BigDecimal units() {
    return BigDecimal.valueOf(micros, SCALE);
  }

  private String sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return currency;
  }
}
