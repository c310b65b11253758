package dev.carillon.application.billing;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.List;

/// The amounts that may be given.
final class Amounts {
  /// The most of one top-up; nine thousand of them fit into a balance.
  static final long MOST_UNITS_OF_TOP_UP = 1_000_000_000;

  /// The most of one price: ten million messages of ten parts at it fit into a bill.
  static final long MOST_UNITS_OF_PRICE = 10_000;

  private static final long MICROS_PER_UNIT = 1_000_000;

  private Amounts() {}

  /// Throws CurrencyMismatch unless it is money of the caller's business.
  static void requireOwnCurrency(String field, Money amount, Caller caller) {
    requireCurrency(field, amount, caller.currency());
  }

  /// Throws CurrencyMismatch unless it is money of this currency.
  static void requireCurrency(String field, Money amount, String currency) {
    if (!amount.currency().equals(currency)) {
      throw mismatch(field, currency);
    }
  }

  static DomainException mismatch(String field, String currency) {
    return new DomainException(new DomainError.CurrencyMismatch(field, currency));
  }

  /// Notes that it is 0, or too much in either direction.
  static void checkTopUp(Money amount, List<FieldViolation> violations) {
    long most = MOST_UNITS_OF_TOP_UP * MICROS_PER_UNIT;
    if (amount.micros() == 0 || amount.micros() > most || amount.micros() < -most) {
      violations.add(
          new FieldViolation(
              "amount", "must not be 0, and at most " + MOST_UNITS_OF_TOP_UP + " units"));
    }
  }

  /// Notes that it is negative or too much.
  static void checkPrice(String field, Money amount, List<FieldViolation> violations) {
    if (amount.micros() < 0 || amount.micros() > MOST_UNITS_OF_PRICE * MICROS_PER_UNIT) {
      violations.add(
          new FieldViolation(field, "must be from 0 to " + MOST_UNITS_OF_PRICE + " units"));
    }
  }
}
