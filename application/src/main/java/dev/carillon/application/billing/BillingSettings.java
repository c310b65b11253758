package dev.carillon.application.billing;

import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/// How money is dealt with.
///
/// @param enabled whether anything costs anything
/// @param testCredit what the books of a TEST environment begin with, in units of any currency
/// @param testPrices what a part (SMS) or a message costs in TEST where no price is set, in units
/// @param mostPrices that a business, and everybody together, may have in an environment at a time;
///   each submission reads them
public record BillingSettings(
    boolean enabled, BigDecimal testCredit, Map<Channel, BigDecimal> testPrices, int mostPrices) {
  /// Billing is on; a TEST environment begins with a million, and its prices are small; 5,000
  /// prices.
  public static final BillingSettings DEFAULTS =
      new BillingSettings(
          true,
          new BigDecimal("1000000"),
          Map.of(
              Channel.SMS,
              new BigDecimal("0.02"),
              Channel.WHATSAPP,
              new BigDecimal("0.01"),
              Channel.EMAIL,
              new BigDecimal("0.001")),
          5_000);

  /// Nothing costs anything.
  public static final BillingSettings FREE =
      new BillingSettings(false, BigDecimal.ZERO, Map.of(), 5_000);

  public BillingSettings {
    testPrices = Map.copyOf(testPrices);
  }

  /// What the books of a scope begin with: TEST money is play money, and there is some.
  Money firstCredit(Scope scope, String currency) {
    return scope.environment() == Environment.TEST
        ? Money.of(currency, testCredit)
        : Money.zero(currency);
  }

  /// What a scope has as long as nothing was ever booked.
  Balance firstBalance(Scope scope, String currency) {
    Money none = Money.zero(currency);
    return new Balance(firstCredit(scope, currency), none, none);
  }

  /// What holds in TEST where no price is set.
  Price testPrice(Channel channel, String currency) {
    return new Price(
        PriceId.NONE,
        null,
        Environment.TEST,
        channel,
        Destination.ANY,
        PriceUnit.PART,
        Money.of(currency, testPrices.getOrDefault(channel, BigDecimal.ZERO)),
        Instant.EPOCH,
        null);
  }
}
