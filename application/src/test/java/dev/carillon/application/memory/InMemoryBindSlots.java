package dev.carillon.application.memory;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Who holds which slot for a bind, in memory.
public final class InMemoryBindSlots implements BindSlots {
  private final InstantSource clock;
  private final Map<Slot, Holder> holders = new HashMap<>();

  InMemoryBindSlots(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Integer> take(
      CarrierId carrier, String owner, int slots, Duration time) {
    Optional<Integer> free =
        IntStream.rangeClosed(1, slots)
            .boxed()
            .filter(number -> holder(new Slot(carrier, number)).isEmpty())
            .findFirst();
    free.ifPresent(number -> hold(new Slot(carrier, number), owner, time));
    return free;
  }

  @Override
  public synchronized boolean prolong(CarrierId carrier, int slot, String owner, Duration time) {
    Slot wanted = new Slot(carrier, slot);
    boolean own = holder(wanted).filter(owner::equals).isPresent();
    if (own) {
      hold(wanted, owner, time);
    }
    return own;
  }

  @Override
  public synchronized void release(CarrierId carrier, int slot, String owner) {
    holders.computeIfPresent(
        new Slot(carrier, slot), (_, holder) -> holder.owner().equals(owner) ? null : holder);
  }

  private Optional<String> holder(Slot slot) {
    return Optional.ofNullable(holders.get(slot))
        .filter(holder -> holder.until().isAfter(clock.instant()))
        .map(Holder::owner);
  }

  private void hold(Slot slot, String owner, Duration time) {
    holders.put(slot, new Holder(owner, clock.instant().plus(time)));
  }

  private record Slot(CarrierId carrier, int number) {}

  private record Holder(String owner, Instant until) {}
}
