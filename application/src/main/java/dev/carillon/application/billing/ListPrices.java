package dev.carillon.application.billing;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Prices;
import dev.carillon.application.port.Prices.PriceFilter;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lists the prices that hold for the caller's business, its own and those for everybody, by
/// channel, destination and time.
public final class ListPrices {
  private final Prices prices;
  private final InstantSource clock;

  public ListPrices(Prices prices, InstantSource clock) {
    this.prices = prices;
    this.clock = clock;
  }

  public Page<Price> handle(Query query) {
    Caller caller = query.caller();
    Instant at =
        query.allTimes() ? null : Objects.requireNonNullElseGet(query.at(), clock::instant);
    return prices.list(
        new PriceFilter(caller.scope(), caller.currency(), query.channel(), at), query.page());
  }

  /// Which prices, and which part of them.
  ///
  /// @param channel null for all
  /// @param at when they hold; null for now
  /// @param allTimes whether all are wanted that ever held or are going to
  public record Query(
      Caller caller,
      @Nullable Channel channel,
      @Nullable Instant at,
      boolean allTimes,
      PageRequest page) {}
}
