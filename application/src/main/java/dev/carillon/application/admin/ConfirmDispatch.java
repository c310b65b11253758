package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.InstantSource;
import java.util.Map;

/// Lets messages be handed over again, on all nodes, once an operator has seen to it that the
/// store's history is the right one. Readers of events may have read in one that was lost: numbers
/// are left out.
public final class ConfirmDispatch {
  private static final String METHOD = "ConfirmDispatch";

  private final Idempotency idempotency;
  private final StoreWitness witness;
  private final EventLog events;
  private final Trail trail;
  private final InstantSource clock;

  public ConfirmDispatch(
      Idempotency idempotency,
      StoreWitness witness,
      EventLog events,
      Trail trail,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.witness = witness;
    this.events = events;
    this.trail = trail;
    this.clock = clock;
  }

  /// The switch as it stands then. Throws a DomainException: RoleRequired, HistoryChanged,
  /// RequestIdReused.
  public DispatchSwitch handle(Command command) {
    Rights.requireOperator(command.caller());
    return idempotency.once(
        request(command), () -> confirm(command), _ -> DispatchSwitch.of(witness));
  }

  private Map<String, String> confirm(Command command) {
    Map<String, String> before = DispatchSwitch.of(witness).fields();
    if (!witness.confirm(command.history(), command.caller().principal(), clock.instant())) {
      throw new DomainException(new DomainError.HistoryChanged());
    }
    events.leap();
    trail.note(
        command.caller(),
        METHOD,
        DispatchSwitch.SUBJECT,
        before,
        DispatchSwitch.of(witness).fields());
    return Map.of();
  }

  private static Idempotency.Request request(Command command) {
    History history = command.history();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        history.system(),
        Long.toString(history.timeline()),
        Long.toString(history.position()));
  }

  /// What is confirmed.
  ///
  /// @param requestId may be empty
  /// @param history as [ShowDispatchSwitch] showed it
  public record Command(Caller caller, String requestId, History history) {}
}
