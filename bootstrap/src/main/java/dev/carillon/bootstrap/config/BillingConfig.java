package dev.carillon.bootstrap.config;

import dev.carillon.application.billing.BillingSettings;
import dev.carillon.domain.content.Channel;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Reads how money is dealt with.
final class BillingConfig {
  private static final int MOST_CREDIT = 1_000_000_000;
  private static final int MOST_PRICE = 10_000;
  private static final int MOST_PRICES = 100_000;

  private BillingConfig() {}

  static BillingSettings read(Section section) {
    boolean enabled = section.flag("enabled");
    BigDecimal credit = section.amount("test-credit", MOST_CREDIT);
    Map<Channel, BigDecimal> prices = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      String key = "test-price-" + channel.name().toLowerCase(Locale.ROOT);
      prices.put(channel, section.amount(key, MOST_PRICE));
    }
    return new BillingSettings(
        enabled, credit, prices, section.integer("most-prices", 1, MOST_PRICES));
  }
}
