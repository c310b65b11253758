package dev.carillon.grpc;

import com.google.type.Money;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads amounts as google.type.Money writes them. Notes all that is none.
final class MoneyProtos {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final long MICROS_PER_UNIT = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MOST_NANOS = 999_999_999;

  private MoneyProtos() {}

  /// Null when it cannot be mapped.
  static dev.carillon.domain.billing.@Nullable Money money(
      String field, Money money, Violations violations) {
    String problem = problem(money);
    if (problem != null) {
      violations.add(field, problem);
      return null;
    }
    try {
      long micros =
          Math.addExact(
              Math.multiplyExact(money.getUnits(), MICROS_PER_UNIT),
              money.getNanos() / NANOS_PER_MICRO);
      return new dev.carillon.domain.billing.Money(money.getCurrencyCode(), micros);
    } catch (ArithmeticException tooMuch) {
      violations.add(field, "is more than can be counted");
      return null;
    }
  }

  /// The rules of google/type/money.proto, and that nothing finer than a millionth is counted.
  private static @Nullable String problem(Money money) {
    if (!CURRENCY.matcher(money.getCurrencyCode()).matches()) {
      return "must have a currency_code of three capital letters (ISO 4217)";
    }
    int nanos = money.getNanos();
    if (nanos > MOST_NANOS || nanos < -MOST_NANOS) {
      return "must have nanos from -999,999,999 to +999,999,999";
    }
    if ((money.getUnits() > 0 && nanos < 0) || (money.getUnits() < 0 && nanos > 0)) {
      return "must have units and nanos of the same sign";
    }
    return nanos % NANOS_PER_MICRO == 0 ? null : "must be exact to a millionth of a unit";
  }
}
