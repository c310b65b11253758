package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.business.Caller;
import java.time.InstantSource;
import java.util.Map;

/// Stops all hand-over on all nodes until it is confirmed again; jobs keep their status.
public final class SwitchDispatchOff {
  private static final String METHOD = "SwitchDispatchOff";

  private final Idempotency idempotency;
  private final StoreWitness witness;
  private final Trail trail;
  private final InstantSource clock;

  public SwitchDispatchOff(
      Idempotency idempotency, StoreWitness witness, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.witness = witness;
    this.trail = trail;
    this.clock = clock;
  }

  /// The switch as it stands then. Throws a DomainException: RoleRequired, InvalidFields,
  /// RequestIdReused.
  public DispatchSwitch handle(Command command) {
    Rights.requireOperator(command.caller());
    StatedReason.require(command.reason());
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(), METHOD, command.requestId(), command.reason()),
        () -> off(command),
        _ -> DispatchSwitch.of(witness));
  }

  private Map<String, String> off(Command command) {
    Map<String, String> before = DispatchSwitch.of(witness).fields();
    witness.switchOff(command.reason(), clock.instant());
    trail.note(
        command.caller(),
        METHOD,
        DispatchSwitch.SUBJECT,
        before,
        DispatchSwitch.of(witness).fields());
    return Map.of();
  }

  /// Why, for other operators.
  ///
  /// @param requestId may be empty
  /// @param reason 1 to 200 characters
  public record Command(Caller caller, String requestId, String reason) {}
}
