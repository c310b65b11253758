package dev.carillon.application.admin;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.CarrierStanding;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A carrier as operators see it.
///
/// @param type what kind of carrier it is, such as `smpp`
/// @param enabled false when an operator switched it off
/// @param perSecond its limit over all nodes; 0 for none
/// @param currentPerSecond the rate in force: lower while it recovers from being too busy; empty
///   for no limit
/// @param window most messages that one worker has unanswered at it; 0 for the carrier's own
/// @param circuit CLOSED, OPEN or HALF_OPEN, as this node sees it
/// @param closedUntil nothing goes to it before, as this node sees it; null when it works
public record CarrierView(
    CarrierId id,
    String type,
    Set<Channel> channels,
    boolean enabled,
    double perSecond,
    OptionalDouble currentPerSecond,
    int window,
    String circuit,
    @Nullable Instant closedUntil) {
  private static final CarrierLimits NO_LIMITS =
      new CarrierLimits(new AdaptiveRate(0, 0, null), 0, true);

  /// The carrier with what is set for it and how it is doing.
  static CarrierView of(
      Carrier carrier,
      Map<CarrierId, CarrierLimits> limits,
      CarrierStanding standing,
      Instant now) {
    CarrierLimits own = limitsOf(carrier.id(), limits);
    return new CarrierView(
        carrier.id(),
        carrier.type(),
        Set.copyOf(carrier.channels()),
        own.enabled(),
        own.rate().limitPerSecond(),
        own.rate().perSecond(now),
        own.window(),
        standing.circuit(),
        standing.closedUntil());
  }

  static CarrierLimits limitsOf(CarrierId carrier, Map<CarrierId, CarrierLimits> limits) {
    return limits.getOrDefault(carrier, NO_LIMITS);
  }
}
