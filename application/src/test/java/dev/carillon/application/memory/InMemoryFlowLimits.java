package dev.carillon.application.memory;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What operators set, in memory.
public final class InMemoryFlowLimits implements FlowLimits {
  private final Map<CarrierId, CarrierLimits> carriers = new HashMap<>();
  private final Map<Sender, Double> senders = new HashMap<>();

  @Override
  public synchronized Map<CarrierId, CarrierLimits> carriers() {
    return Map.copyOf(carriers);
  }

  @Override
  public synchronized void set(
      CarrierId carrier, double perSecond, int window, boolean enabled, String by, Instant now) {
    carriers.put(carrier, new CarrierLimits(new AdaptiveRate(perSecond, 0, null), window, enabled));
  }

  @Override
  public synchronized void cut(CarrierId carrier, AdaptiveRate before, AdaptiveRate after) {
    CarrierLimits known =
        carriers.getOrDefault(carrier, new CarrierLimits(new AdaptiveRate(0, 0, null), 0, true));
    if (known.rate().equals(before)) {
      carriers.put(carrier, new CarrierLimits(after, known.window(), known.enabled()));
    }
  }

  @Override
  public synchronized Map<Sender, Double> senders(Collection<Sender> wanted) {
    return senders.entrySet().stream()
        .filter(entry -> wanted.contains(entry.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public synchronized Map<Sender, Double> allSenders(@Nullable Scope scope) {
    return senders.entrySet().stream()
        .filter(entry -> scope == null || entry.getKey().scope().equals(scope))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public synchronized void set(Sender sender, double perSecond, String by, Instant now) {
    if (perSecond > 0) {
      senders.put(sender, perSecond);
    } else {
      senders.remove(sender);
    }
  }
}
