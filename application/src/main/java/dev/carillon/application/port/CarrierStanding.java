package dev.carillon.application.port;

import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How a carrier is doing, as one node sees it.
///
/// @param enabled false when an operator switched it off
/// @param circuit CLOSED (it is given messages), OPEN (it fails, and is given none) or HALF_OPEN
///   (it is given a few to see)
/// @param limitPerSecond what was set; 0 for no limit
/// @param inForcePerSecond what holds now, after its being too busy was learnt from
/// @param window most messages unanswered of one worker; 0 for the carrier's own
/// @param closedUntil when it is given messages again; null when it is
public record CarrierStanding(
    CarrierId carrier,
    boolean enabled,
    String circuit,
    double limitPerSecond,
    OptionalDouble inForcePerSecond,
    int window,
    @Nullable Instant closedUntil) {}
