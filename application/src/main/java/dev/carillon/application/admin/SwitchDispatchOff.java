package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.FieldViolation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Stops all hand-over on all nodes until it is confirmed again; jobs keep their status.
public final class SwitchDispatchOff {
  private static final String METHOD = "SwitchDispatchOff";
  private static final int LONGEST_REASON = 200;

  private final Idempotency idempotency;
  private final StoreWitness witness;
  private final InstantSource clock;

  public SwitchDispatchOff(Idempotency idempotency, StoreWitness witness, InstantSource clock) {
    this.idempotency = idempotency;
    this.witness = witness;
    this.clock = clock;
  }

  /// The switch as it stands then. Throws a DomainException: RoleRequired, InvalidFields,
  /// RequestIdReused.
  public DispatchSwitch handle(Command command) {
    Operators.require(command.caller());
    String reason = command.reason();
    if (reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
      UpdateCarrier.refuse(
          List.of(
              new FieldViolation(
                  "reason", "must have 1 to " + LONGEST_REASON + " characters and no NUL")));
    }
    return idempotency.once(
        Idempotency.Request.of(command.caller().scope(), METHOD, command.requestId(), reason),
        () -> {
          witness.switchOff(reason, clock.instant());
          return Map.of();
        },
        _ -> DispatchSwitch.of(witness));
  }

  /// Why, for other operators.
  ///
  /// @param requestId may be empty
  /// @param reason 1 to 200 characters
  public record Command(Caller caller, String requestId, String reason) {}
}
