package dev.carillon.providers.smpp;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Slots that never lapse by themselves, in memory.
final class OneNode implements BindSlots {
  private final Map<Integer, String> owners = new TreeMap<>();
  private boolean away;

  @Override
  public synchronized Optional<Integer> take(
      CarrierId carrier, String owner, int slots, Duration time) {
    check();
    for (int slot = 1; slot <= slots; slot++) {
      if (owners.putIfAbsent(slot, owner) == null) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized boolean prolong(CarrierId carrier, int slot, String owner, Duration time) {
    check();
    return owner.equals(owners.get(slot));
  }

  @Override
  public synchronized void release(CarrierId carrier, int slot, String owner) {
    check();
    owners.remove(slot, owner);
  }

  synchronized int held() {
    return owners.size();
  }

  /// Another node takes a slot, whoever has it.
  synchronized void steal(int slot) {
    owners.put(slot, "another node");
  }

  synchronized void giveBack(int slot) {
    owners.remove(slot);
  }

  synchronized void goAway() {
    away = true;
  }

  private void check() {
    if (away) {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    }
  }
}
