package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import java.util.List;
import java.util.Optional;

/// Knows the carriers of this house and what leads to them, as they are now: both may change while
/// the house runs.
public interface Carriers {
  /// Where a scope's messages over a channel go; without rules when nothing is configured. In TEST
  /// always to the simulated carrier alone. Every carrier named serves the channel and can be had
  /// by its name at the time of the call.
  ChannelRoutes routes(Scope scope, Channel channel);

  /// All of them, by name.
  List<Carrier> all();

  /// The carrier of that name; empty when it is not configured (any more).
  Optional<Carrier> byId(CarrierId id);
}
