package dev.carillon.domain.billing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The prices of one business for one channel at one time. The narrowest destination decides; of
/// two that are as narrow, the business's own price. Looking a price up takes no longer when there
/// are many.
public final class Tariff {
  private final List<Price> prices;
  private final Map<String, Price> byPrefix = new HashMap<>();
  private final Map<String, Price> byCountry = new HashMap<>();
  private final @Nullable Price anywhere;
  private final int[] prefixLengths;

  /// A tariff of prices that hold at the same time, for the same channel and business.
  public Tariff(List<Price> prices) {
    this.prices = List.copyOf(prices);
    Price widest = null;
    for (Price price : prices) {
      Destination destination = price.destination();
      if (!destination.prefix().isEmpty()) {
        byPrefix.merge(destination.prefix(), price, Tariff::own);
      } else if (!destination.country().isEmpty()) {
        byCountry.merge(destination.country(), price, Tariff::own);
      } else {
        widest = widest == null ? price : own(widest, price);
      }
    }
    this.anywhere = widest;
    this.prefixLengths =
        byPrefix.keySet().stream()
            .map(String::length)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static Price own(Price one, Price other) {
    return other.business() == null ? one : other;
  }

  /// Whether a price depends on the country of a number, so that it has to be found out.
  public boolean asksForCountry() {
    return !byCountry.isEmpty();
  }

  /// The same and one price more.
  public Tariff with(Price more) {
    return new Tariff(Stream.concat(Stream.of(more), prices.stream()).toList());
  }

  /// Whether it has a price for every destination.
  public boolean isComplete() {
    return anywhere != null;
  }

  /// The price at an address; empty when it has none.
  ///
  /// @param address in E.164, or a mailbox
  /// @param country of the address (ISO 3166-1 alpha-2); empty when it is not known
  public Optional<Price> at(String address, String country) {
    for (int length : prefixLengths) {
      Price price = address.length() < length ? null : byPrefix.get(address.substring(0, length));
      if (price != null) {
        return Optional.of(price);
      }
    }
    return Optional.ofNullable(byCountry.getOrDefault(country, anywhere));
  }
}
