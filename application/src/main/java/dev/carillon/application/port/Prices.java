package dev.carillon.application.port;

import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.billing.Tariff;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what messages cost.
public interface Prices {
  /// On which terms the scope sends by the channel at that time: its own prices and those for
  /// everybody, in the currency of the business.
  Terms terms(Scope scope, Channel channel, Instant at);

  /// Sets a price from its `validFrom` on, inside the caller's transaction, until the next one that
  /// was set before for the same business, environment, channel, currency and destination. What
  /// held there ends, and one that was to begin at the same time is taken out. Its number is given
  /// here.
  ///
  /// @param price without a number; its end counts where it comes before that next one
  Price set(Price price, String createdBy, Instant now);

  /// Ends a price inside the caller's transaction, if it holds at that time; else empty, and
  /// nothing changed.
  Optional<Price> end(PriceId id, Instant at);

  /// How many prices of the same business (or of everybody) and environment as this one hold at
  /// that time or are going to.
  int countLike(Price price, Instant at);

  /// A page of the prices that the filter wants, by channel, destination and time.
  Page<Price> list(PriceFilter filter, PageRequest page);

  /// Prices by their numbers, whether they still hold or not; those that do not exist are left out.
  List<Price> byId(List<Long> ids);

  /// Terms of sending.
  record Terms(Tariff tariff, RefundPlan plan) {}

  /// Which prices.
  ///
  /// @param scope whose: its own, and those for everybody; of two for the same destination that
  ///   hold at the wanted time only its own
  /// @param channel null for all
  /// @param at those that hold then; null for all that ever held or will
  record PriceFilter(
      Scope scope, String currency, @Nullable Channel channel, @Nullable Instant at) {}
}
