package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Prices;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.billing.Tariff;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Prices in memory. Every business's currency is the US dollar unless it is said otherwise.
public final class InMemoryPrices implements Prices {
  private final InMemoryStore store;
  private final Map<Long, Price> prices = new TreeMap<>();
  private final Map<BusinessId, RefundPlan> plans = new HashMap<>();
  private final Map<BusinessId, String> currencies = new HashMap<>();
  private long numbers;

  InMemoryPrices(InMemoryStore store) {
    this.store = store;
  }

  /// Gives a business a plan.
  public void setPlan(BusinessId business, RefundPlan plan) {
    plans.put(business, plan);
  }

  /// Gives a business a currency.
  public void setCurrency(BusinessId business, String currency) {
    currencies.put(business, currency);
  }

  @Override
  public Terms terms(Scope scope, Channel channel, Instant at) {
    String currency = currencies.getOrDefault(scope.business(), "USD");
    return store.inTransaction(() ->
        new Terms(
            new Tariff(
                prices.values().stream()
                    .filter(concerns(scope, currency))
                    .filter(price -> price.channel() == channel && price.holdsAt(at))
                    .toList()),
            plans.getOrDefault(scope.business(), RefundPlan.DEFAULT)));
  }

  @Override
  public Price set(Price price, String createdBy, Instant now) {
    store.requireTransaction();
    Instant since = price.validFrom();
    @Nullable Instant next = price.validTo();
    for (Price other : List.copyOf(prices.values())) {
      if (isInPlaceOf(other, price)) {
        if (other.holdsAt(since)) {
          store.put(prices, other.id().value(), until(other, since));
        } else if (isAlive(other) && other.validFrom().isAfter(since)) {
          next = next == null || other.validFrom().isBefore(next) ? other.validFrom() : next;
        }
      }
    }
    Price numbered =
        new Price(
            new PriceId(++numbers),
            price.business(),
            price.environment(),
            price.channel(),
            price.destination(),
            price.unit(),
            price.amount(),
            since,
            next);
    store.put(prices, numbered.id().value(), numbered);
    return numbered;
  }

  private static boolean isAlive(Price price) {
    return price.validTo() == null || price.validTo().isAfter(price.validFrom());
  }

  @Override
  public Optional<Price> end(PriceId id, Instant at) {
    store.requireTransaction();
    return Optional.ofNullable(prices.get(id.value()))
        .filter(price -> price.holdsAt(at))
        .map(price -> {
          Price ended = until(price, at);
          store.put(prices, price.id().value(), ended);
          return ended;
        });
  }

  @Override
  public int countLike(Price price, Instant at) {
    return store.inTransaction(() ->
        (int)
            prices.values().stream()
                .filter(InMemoryPrices::isAlive)
                .filter(other -> Objects.equals(other.business(), price.business()))
                .filter(other -> other.environment() == price.environment())
                .filter(other -> other.validTo() == null || other.validTo().isAfter(at))
                .count());
  }

  @Override
  public Page<Price> list(PriceFilter filter, PageRequest page) {
    Instant at = filter.at();
    return store.inTransaction(() ->
        Pages.of(
            prices.values().stream()
                .filter(InMemoryPrices::isAlive)
                .filter(concerns(filter.scope(), filter.currency()))
                .filter(price -> filter.channel() == null || price.channel() == filter.channel())
                .filter(
                    price -> at == null || (price.holdsAt(at) && !isReplaced(price, filter, at)))
                .sorted(
                    Comparator.comparing(Price::channel)
                        .thenComparing(price -> price.destination().country())
                        .thenComparing(price -> price.destination().prefix())
                        .thenComparing(Price::validFrom)
                        .thenComparingLong(price -> price.id().value()))
                .toList(),
            price -> price.id().value(),
            page));
  }

  @Override
  public List<Price> byId(List<Long> ids) {
    return store.inTransaction(
        () -> ids.stream().flatMap(id -> Optional.ofNullable(prices.get(id)).stream()).toList());
  }

  /// Whether it is everybody's and the business has one of its own in its place.
  private boolean isReplaced(Price general, PriceFilter filter, Instant at) {
    return general.business() == null
        && prices.values().stream()
            .anyMatch(own ->
                filter.scope().business().equals(own.business())
                    && own.environment() == general.environment()
                    && own.channel() == general.channel()
                    && own.destination().equals(general.destination())
                    && own.amount().currency().equals(general.amount().currency())
                    && own.holdsAt(at));
  }

  private static Predicate<Price> concerns(Scope scope, String currency) {
    return price ->
        price.environment() == scope.environment()
            && price.amount().currency().equals(currency)
            && (price.business() == null || scope.business().equals(price.business()));
  }

  private static boolean isInPlaceOf(Price other, Price price) {
    return Objects.equals(other.business(), price.business())
        && other.environment() == price.environment()
        && other.channel() == price.channel()
        && other.destination().equals(price.destination())
        && other.amount().currency().equals(price.amount().currency());
  }

  private static Price until(Price price, Instant end) {
    return new Price(
        price.id(),
        price.business(),
        price.environment(),
        price.channel(),
        price.destination(),
        price.unit(),
        price.amount(),
        price.validFrom(),
        end);
  }
}
