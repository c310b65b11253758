package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookDeliveries.Ended;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the suites of deliveries share: ways to lease, to settle and to look.
public abstract class AttemptsContract extends ToldContract {
  protected static final Duration LEASE = Duration.ofMinutes(5);
  protected static final Duration SHORT_LEASE = Duration.ofMillis(50);
  protected static final Duration AT_ONCE = Duration.ZERO;
  protected static final Duration LONG = Duration.ofHours(1);
  protected static final int PER_ENDPOINT = 4;
  protected static final int PER_SCOPE = 100;
  protected static final DeliveryAnswer OK =
      new DeliveryAnswer.Answered(200, null, "fine\0", Duration.ofMillis(3));
  protected static final DeliveryAnswer BUSY =
      new DeliveryAnswer.Answered(503, Duration.ofSeconds(9), "busy", Duration.ofMillis(3));

  protected final WebhookDeliveries deliveries() {
    return ports().deliveries();
  }

  protected final List<Leased> lease(int most) {
    return deliveries().lease(new Share("node", most, PER_SCOPE, PER_ENDPOINT, LEASE));
  }

  protected final List<Leased> leaseFor(Duration time) {
    return deliveries().lease(new Share("other", 10, PER_SCOPE, PER_ENDPOINT, time));
  }

  protected final Leased awaitLease() {
    List<Leased> leased = new ArrayList<>();
    Await.until(
        "something is due",
        () -> {
          leased.addAll(lease(1));
          return !leased.isEmpty();
        });
    return leased.getFirst();
  }

  /// Alone. Whether it disabled the endpoint.
  protected final boolean settle(
      Leased leased, DeliveryAttempt attempt, Function<EndpointHealth, Outcome> decide) {
    return deliveries().settle(List.of(new Ended(leased, attempt, decide)));
  }

  protected final void settle(Leased leased, DeliveryAnswer answer, @Nullable Duration next) {
    boolean _ = deliveries().settle(List.of(ended(leased, answer, next)));
  }

  protected final void settle(
      Leased leased, DeliveryAnswer answer, Duration next, EndpointHealth health) {
    boolean _ =
        settle(
            leased,
            new DeliveryAttempt(leased.attempt(), NOW, answer),
            _ -> outcome(answer, next, health));
  }

  protected static Ended ended(Leased leased, DeliveryAnswer answer, @Nullable Duration next) {
    return new Ended(
        leased,
        new DeliveryAttempt(leased.attempt(), NOW, answer),
        before -> outcome(answer, next, before.after(answer, NOW)));
  }

  protected static Outcome outcome(
      DeliveryAnswer answer, @Nullable Duration next, EndpointHealth health) {
    return answer.delivered()
        ? new Outcome(DeliveryState.DELIVERED, null, health, Duration.ZERO, null)
        : new Outcome(DeliveryState.PENDING, next, health, health.pause(), null);
  }

  protected final void giveUp(Leased leased) {
    boolean _ =
        settle(
            leased,
            new DeliveryAttempt(leased.attempt(), NOW, BUSY),
            before -> new Outcome(DeliveryState.GIVEN_UP, null, before, Duration.ZERO, null));
  }

  protected final boolean disable(Leased leased) {
    return settle(
        leased,
        new DeliveryAttempt(leased.attempt(), NOW, BUSY),
        before ->
            new Outcome(
                DeliveryState.PENDING,
                LONG,
                before.after(BUSY, NOW),
                Duration.ZERO,
                DisableReason.FAILING));
  }

  /// What its endpoint's health is when an attempt is settled.
  protected final EndpointHealth healthBefore(Leased leased) {
    List<EndpointHealth> seen = new ArrayList<>();
    boolean _ =
        settle(
            leased,
            new DeliveryAttempt(leased.attempt(), NOW, OK),
            before -> {
              seen.add(before);
              return outcome(OK, null, before);
            });
    return seen.getFirst();
  }

  protected final void redeliver(StoredEvent event, Endpoint endpoint) {
    ports().transactions().run(() -> deliveries().redeliver(event, endpoint.id()));
  }

  protected final void redeliver(StoredEvent event, Leased to) {
    ports().transactions().run(() -> deliveries().redeliver(event, to.endpointId()));
  }

  protected final void change(Endpoint endpoint, EndpointDetails to) {
    ports()
        .transactions()
        .run(() -> {
          Endpoint locked = ports().endpoints().lock(scope(), endpoint.id()).orElseThrow();
          ports().endpoints().update(locked.changed(to, NOW));
        });
  }

  protected final Delivery only(Endpoint endpoint) {
    assertThat(listed(endpoint)).hasSize(1);
    return listed(endpoint).getFirst();
  }

  protected static EventType type(Delivery delivery) {
    return delivery.event().event().type();
  }
}
