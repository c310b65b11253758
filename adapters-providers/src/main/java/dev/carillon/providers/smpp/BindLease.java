package dev.carillon.providers.smpp;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.Optional;

/// The right of one bind of this node to exist, where the operator counts the binds of all nodes.
final class BindLease {
  /// How long a slot is held without a sign of life.
  static final Duration TIME = Duration.ofSeconds(15);

  private final BindSlots slots;
  private final CarrierId carrier;
  private final String owner;
  private final int overall;
  private int slot;
  private long heldUntil;

  /// @param owner unique for each bind
  /// @param overall 0 where nobody counts
  BindLease(BindSlots slots, CarrierId carrier, String owner, int overall) {
    this.slots = slots;
    this.carrier = carrier;
    this.owner = owner;
    this.overall = overall;
  }

  /// Whether a bind may be made now.
  boolean take() {
    if (overall == 0) {
      return true;
    }
    long asked = System.nanoTime();
    Optional<Integer> taken = free();
    slot = taken.orElse(0);
    heldUntil = asked + TIME.toNanos();
    return taken.isPresent();
  }

  private Optional<Integer> free() {
    try {
      return slots.take(carrier, owner, overall, TIME);
    } catch (DomainException storeAway) {
      return Optional.empty();
    }
  }

  /// Whether the bind may go on; to be asked a few times in each [#TIME]. While the store is away
  /// it may until the time is over.
  boolean prolong() {
    if (overall == 0) {
      return true;
    }
    long asked = System.nanoTime();
    try {
      if (!slots.prolong(carrier, slot, owner, TIME)) {
        return false;
      }
      heldUntil = asked + TIME.toNanos();
      return true;
    } catch (DomainException storeAway) {
      // The bind has to be gone when another node may take the slot, and unbinding takes time too.
      return heldUntil - asked > TIME.dividedBy(3).toNanos();
    }
  }

  /// Lets another have it.
  void release() {
    if (slot == 0) {
      return;
    }
    try {
      slots.release(carrier, slot, owner);
    } catch (DomainException storeAway) {
      // It lapses by itself.
    }
    slot = 0;
  }
}
