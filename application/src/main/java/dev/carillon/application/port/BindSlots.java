package dev.carillon.application.port;

import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.util.Optional;

/// Bounds how often all nodes together are bound to a carrier, since operators count binds. A slot
/// is a lease by the store's clock: who does not prolong it in time has lost it.
public interface BindSlots {
  /// Takes one of a carrier's slots that nobody holds, for so long: the lowest of 1 to `slots`.
  /// Empty when there is none. An owner that asks again gets another one.
  Optional<Integer> take(CarrierId carrier, String owner, int slots, Duration time);

  /// Holds a slot for so long from now on. False when it is not this owner's any more: whoever
  /// hears that has to unbind.
  boolean prolong(CarrierId carrier, int slot, String owner, Duration time);

  /// Gives a slot up, so that another may take it at once; nothing happens when it is not this
  /// owner's.
  void release(CarrierId carrier, int slot, String owner);
}
