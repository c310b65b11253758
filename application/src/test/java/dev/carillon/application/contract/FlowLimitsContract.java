package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What everything keeps that keeps the limits operators set.
public abstract class FlowLimitsContract {
  private CarrierId carrier = new CarrierId("c");

  @BeforeEach
  void takeANewCarrier() {
    carrier = new CarrierId("c" + UUID.randomUUID().toString().substring(24));
  }

  /// The limits, as one node sees them.
  protected abstract FlowLimits limits();

  /// A scope that nobody else uses.
  protected abstract Scope newScope();

  @Test
  void knowsNothingOfACarrierWithoutLimits() {
    assertThat(limits().carriers()).doesNotContainKey(carrier);
  }

  @Test
  void keepsTheLimitsOfACarrier() {
    limits().set(carrier, 12.5, 40, false, "ops", CREATED);

    assertThat(limits().carriers())
        .containsEntry(carrier, new CarrierLimits(new AdaptiveRate(12.5, 0, null), 40, false));

    limits().set(carrier, 0, 0, true, "ops", CREATED.plusSeconds(1));
    assertThat(limits().carriers())
        .containsEntry(carrier, new CarrierLimits(new AdaptiveRate(0, 0, null), 0, true));
  }

  @Test
  void learnsThatACarrierIsTooBusyAndForgetsItWhenItIsSet() {
    limits().set(carrier, 100, 5, true, "ops", CREATED);
    AdaptiveRate before = new AdaptiveRate(100, 0, null);
    AdaptiveRate after = new AdaptiveRate(100, 70, CREATED.plusSeconds(1));

    limits().cut(carrier, before, after);
    assertThat(limits().carriers()).containsEntry(carrier, new CarrierLimits(after, 5, true));

    limits().set(carrier, 100, 5, true, "ops", CREATED.plusSeconds(2));
    assertThat(limits().carriers()).containsEntry(carrier, new CarrierLimits(before, 5, true));
  }

  @Test
  void learnsOfACarrierThatHasNoLimits() {
    AdaptiveRate after = new AdaptiveRate(0, 70, CREATED.plusSeconds(1));

    limits().cut(carrier, new AdaptiveRate(0, 0, null), after);

    assertThat(limits().carriers()).containsEntry(carrier, new CarrierLimits(after, 0, true));
  }

  @Test
  void cutsOnceForWhatSeveralNodesSaw() {
    limits().set(carrier, 100, 5, true, "ops", CREATED);
    AdaptiveRate before = new AdaptiveRate(100, 0, null);
    AdaptiveRate one = new AdaptiveRate(100, 70, CREATED.plusSeconds(1));
    AdaptiveRate other = new AdaptiveRate(100, 60, CREATED.plusSeconds(1));

    limits().cut(carrier, before, one);
    limits().cut(carrier, before, other);

    assertThat(limits().carriers()).containsEntry(carrier, new CarrierLimits(one, 5, true));
  }

  @Test
  void keepsTheLimitsOfSendersApart() {
    Scope scope = newScope();
    Scope other = newScope();
    Sender acme = new Sender(scope, "ACME");
    Sender shop = new Sender(scope, "shop@example.com");
    Sender others = new Sender(other, "ACME");
    limits().set(acme, 3, "ops", CREATED);
    limits().set(others, 0.5, "ops", CREATED);

    assertThat(limits().senders(List.of(acme, shop, others)))
        .isEqualTo(Map.of(acme, 3.0, others, 0.5));
    assertThat(limits().senders(List.of(shop))).isEmpty();
    assertThat(limits().senders(List.of())).isEmpty();
    assertThat(limits().allSenders(scope)).isEqualTo(Map.of(acme, 3.0));
    assertThat(limits().allSenders(null)).containsEntry(acme, 3.0).containsEntry(others, 0.5);

    limits().set(acme, 9, "ops", CREATED);
    assertThat(limits().senders(List.of(acme))).isEqualTo(Map.of(acme, 9.0));
    limits().set(acme, 0, "ops", CREATED);
    assertThat(limits().allSenders(scope)).isEmpty();
  }
}
