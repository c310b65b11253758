package dev.carillon.application.dispatch;

import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.port.CarrierStanding;
import dev.carillon.application.port.FlowControl;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Flow control whose circuits a test opens and closes, and whose permits it counts out.
final class Circuits implements FlowControl {
  private final NoLimits free = new NoLimits();
  private final Map<CarrierId, Instant> closed = new HashMap<>();
  private final Map<CarrierId, Integer> permits = new HashMap<>();
  private final Set<CarrierId> trials = new HashSet<>();
  private final Set<CarrierId> off = new HashSet<>();
  private final Map<CarrierId, List<DispatchOutcome>> noted = new HashMap<>();

  /// Nothing goes to the carrier before that time.
  synchronized void close(String carrier, Instant until) {
    closed.put(new CarrierId(carrier), until);
  }

  synchronized void open(String carrier) {
    closed.remove(new CarrierId(carrier));
    off.remove(new CarrierId(carrier));
  }

  /// An operator has switched the carrier off, which is looked at again at that time.
  synchronized void switchOff(String carrier, Instant until) {
    close(carrier, until);
    off.add(new CarrierId(carrier));
  }

  /// The carrier is given no more than so many messages from now on.
  synchronized void limit(String carrier, int left) {
    permits.put(new CarrierId(carrier), left);
  }

  /// The carrier gets so many messages to see whether it works again, and no more.
  synchronized void onTrial(String carrier, int left) {
    limit(carrier, left);
    trials.add(new CarrierId(carrier));
  }

  /// What the carrier answered, as it was told.
  synchronized List<DispatchOutcome> noted(String carrier) {
    return List.copyOf(noted.getOrDefault(new CarrierId(carrier), List.of()));
  }

  /// How many permits of a carrier with a limit are left.
  synchronized int left(String carrier) {
    return permits.getOrDefault(new CarrierId(carrier), 0);
  }

  @Override
  public synchronized Allowance ask(Traffic traffic, int wanted) {
    Integer left = permits.get(traffic.carrier());
    if (left == null) {
      return free.ask(traffic, wanted);
    }
    int granted = Math.min(left, wanted);
    permits.put(traffic.carrier(), left - granted);
    return new Allowance(
        granted,
        granted == 0 ? Duration.ofMinutes(1) : Duration.ZERO,
        granted < wanted && trials.contains(traffic.carrier()));
  }

  @Override
  public synchronized void giveBack(Traffic traffic, int unused) {
    permits.computeIfPresent(traffic.carrier(), (_, left) -> left + unused);
  }

  @Override
  public synchronized void note(CarrierId carrier, Collection<DispatchOutcome> outcomes) {
    noted.computeIfAbsent(carrier, _ -> new ArrayList<>()).addAll(outcomes);
  }

  @Override
  public synchronized Optional<Instant> closedUntil(CarrierId carrier) {
    return Optional.ofNullable(closed.get(carrier));
  }

  @Override
  public synchronized boolean isOff(CarrierId carrier) {
    return off.contains(carrier);
  }

  @Override
  public int window(CarrierId carrier) {
    return 0;
  }

  @Override
  public CarrierStanding standing(CarrierId carrier) {
    return free.standing(carrier);
  }
}
