package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Sets how many messages of one sender may go out in a second, over all nodes and jobs, or takes
/// the limit away.
public final class SetSenderLimit {
  private static final String METHOD = "SetSenderLimit";
  private static final int LONGEST_SENDER = 320;

  private final Idempotency idempotency;
  private final FlowLimits limits;
  private final Businesses businesses;
  private final Trail trail;
  private final InstantSource clock;

  public SetSenderLimit(
      Idempotency idempotency,
      FlowLimits limits,
      Businesses businesses,
      Trail trail,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.limits = limits;
    this.businesses = businesses;
    this.trail = trail;
    this.clock = clock;
  }

  /// The limit as it is then. Throws a DomainException: RoleRequired, InvalidFields, NotFound,
  /// RequestIdReused.
  public SenderLimit handle(Command command) {
    Rights.requireOperator(command.caller());
    check(command);
    return idempotency.once(request(command), () -> set(command), _ -> show(command.sender()));
  }

  private Map<String, String> set(Command command) {
    Sender sender = command.sender();
    KnownBusinesses.find(businesses, sender.scope().business());
    double before = show(sender).perSecond();
    limits.set(sender, command.perSecond(), command.caller().principal(), clock.instant());
    trail.note(
        command.caller(),
        METHOD,
        Subject.within(sender.scope(), "sender " + sender.value()),
        fields(before),
        fields(command.perSecond()));
    return Map.of();
  }

  private static Map<String, String> fields(double perSecond) {
    return perSecond > 0 ? Map.of("rate_per_second", Double.toString(perSecond)) : Map.of();
  }

  private SenderLimit show(Sender sender) {
    return new SenderLimit(sender, limits.senders(List.of(sender)).getOrDefault(sender, 0.0));
  }

  private static void check(Command command) {
    List<FieldViolation> violations = new ArrayList<>();
    String sender = command.sender().value();
    if (sender.isEmpty() || sender.length() > LONGEST_SENDER || sender.indexOf('\0') >= 0) {
      violations.add(
          new FieldViolation(
              "sender", "must have 1 to " + LONGEST_SENDER + " characters and no NUL"));
    }
    UpdateCarrier.checkRate("rate_per_second", command.perSecond(), violations);
    InvalidFields.refuse(violations);
  }

  private static Idempotency.Request request(Command command) {
    Sender sender = command.sender();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Long.toString(sender.scope().business().value()),
        sender.scope().environment().name(),
        sender.value(),
        Double.toString(command.perSecond()));
  }

  /// Whose limit.
  ///
  /// @param requestId may be empty
  /// @param perSecond 0 takes it away
  public record Command(Caller caller, String requestId, Sender sender, double perSecond) {}
}
