package dev.carillon.persistence;

import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.EndpointHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is decided for attempts at one endpoint that are settled together: the same as if each had
/// been settled by itself, one after the other.
final class EndedDecisions {
  private final Map<Long, Fence> fences;
  private final List<Decided> all = new ArrayList<>();
  private EndpointHealth health;
  private Duration pause = Duration.ZERO;

  /// @param health of the endpoint before
  /// @param fences of deliveries that are to be tried, by the event's number
  EndedDecisions(EndpointHealth health, Map<Long, Fence> fences, List<Ended> ended) {
    this.health = health;
    this.fences = new HashMap<>(fences);
    ended.forEach(this::decide);
  }

  /// In the order of the attempts.
  List<Decided> all() {
    return all;
  }

  /// Of the endpoint, after all of them.
  EndpointHealth health() {
    return health;
  }

  /// How long the endpoint is to be left alone: as long as the one wants it that wants it longest.
  Duration pause() {
    return pause;
  }

  /// The first one after which the endpoint is to be switched off.
  Optional<Decided> disabling() {
    return all.stream()
        .filter(decided -> decided.counts() && decided.outcome().disable() != null)
        .findFirst();
  }

  private void decide(Ended ended) {
    long event = ended.leased().event().number();
    Outcome outcome = ended.decide().apply(health);
    boolean counts =
        new Fence(ended.leased().attempt(), ended.leased().tries()).equals(fences.get(event));
    if (outcome.state() == DeliveryState.DELIVERED || (counts && outcome.next() == null)) {
      fences.remove(event);
    }
    if (counts) {
      health = outcome.health();
      pause = pause.compareTo(outcome.pause()) > 0 ? pause : outcome.pause();
    }
    all.add(new Decided(ended, outcome, counts));
  }

  /// By which an attempt is known to be the last that was leased.
  record Fence(int attempt, int tries) {}

  /// What is decided for an attempt.
  ///
  /// @param counts whether it is still the delivery's last, and so says something of the endpoint
  record Decided(Ended ended, Outcome outcome, boolean counts) {}
}
