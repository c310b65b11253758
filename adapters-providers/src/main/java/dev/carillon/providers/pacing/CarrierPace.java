package dev.carillon.providers.pacing;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.InstantSource;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;

/// What this node has seen of a carrier.
final class CarrierPace {
  private final Circuit circuit;
  private final RecentAnswers recent = new RecentAnswers();
  private final AtomicBoolean cutting = new AtomicBoolean();

  CarrierPace(CarrierId carrier, PacingConfig config, InstantSource clock) {
    circuit = new Circuit(carrier.value(), config, clock);
  }

  Circuit circuit() {
    return circuit;
  }

  /// Counts answers; how many the carrier takes in a second where they show it to be too busy.
  OptionalDouble note(Collection<DispatchOutcome> outcomes, long nowMillis) {
    int answered = 0;
    int throttled = 0;
    int failed = 0;
    int unreached = 0;
    for (DispatchOutcome outcome : outcomes) {
      switch (outcome) {
        case DispatchOutcome.Accepted _, DispatchOutcome.Rejected _ -> answered++;
        case DispatchOutcome.Throttled _ -> throttled++;
        case DispatchOutcome.Unconfirmed _ -> failed++;
        case DispatchOutcome.Unreachable unreachable -> {
          if (unreachable.reason() == Reason.CARRIER_UNREACHABLE
              || unreachable.reason() == Reason.ACCOUNT_REFUSED) {
            failed++;
            unreached += unreachable.answered() ? 0 : 1;
          } else {
            answered++;
          }
        }
        case DispatchOutcome.Withdrawn _, DispatchOutcome.Withheld _ -> {}
      }
    }
    circuit.note(answered + throttled, failed, unreached);
    circuit.release(outcomes.size() - answered - throttled - failed);
    return answered + throttled == 0
        ? OptionalDouble.empty()
        : recent.add(answered, throttled, nowMillis);
  }

  /// Whether this thread is the one to slow it down.
  boolean beginCut() {
    return cutting.compareAndSet(false, true);
  }

  /// It has been slowed down.
  void endCut() {
    cutting.set(false);
  }
}
