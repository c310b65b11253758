package dev.carillon.providers.pacing;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits that a test sets, with a count of the calls; they can be away.
final class KeptLimits implements FlowLimits {
  private final Map<CarrierId, CarrierLimits> carriers = new HashMap<>();
  private final Map<Sender, Double> senders = new HashMap<>();
  private final List<AdaptiveRate> cuts = new ArrayList<>();
  private boolean away;
  private int reads;

  @Override
  public Map<CarrierId, CarrierLimits> carriers() {
    if (away) {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    }
    reads++;
    return Map.copyOf(carriers);
  }

  @Override
  public void set(
      CarrierId carrier, double perSecond, int window, boolean enabled, String by, Instant now) {
    carriers.put(carrier, new CarrierLimits(new AdaptiveRate(perSecond, 0, null), window, enabled));
  }

  @Override
  public void cut(CarrierId carrier, AdaptiveRate before, AdaptiveRate after) {
    cuts.add(after);
    carriers.put(carrier, new CarrierLimits(after, 0, true));
  }

  @Override
  public Map<Sender, Double> senders(Collection<Sender> wanted) {
    Map<Sender, Double> found = new HashMap<>(senders);
    found.keySet().retainAll(wanted);
    return found;
  }

  @Override
  public Map<Sender, Double> allSenders(@Nullable Scope scope) {
    return Map.copyOf(senders);
  }

  @Override
  public void set(Sender sender, double perSecond, String by, Instant now) {
    senders.put(sender, perSecond);
  }

  void goAway() {
    away = true;
  }

  List<AdaptiveRate> cuts() {
    return cuts;
  }

  int reads() {
    return reads;
  }
}
