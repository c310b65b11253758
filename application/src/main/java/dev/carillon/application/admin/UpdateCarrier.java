package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Changes the limits of a carrier, or switches it off or on, on all nodes while they run. What its
/// being too busy taught about it is forgotten.
public final class UpdateCarrier {
  /// The highest rate that can be set, in messages per second.
  public static final double HIGHEST_RATE = 1_000_000;

  /// The largest window that can be set, in messages.
  public static final int LARGEST_WINDOW = 10_000;

  private static final String METHOD = "UpdateCarrier";

  private final Idempotency idempotency;
  private final Carriers carriers;
  private final FlowLimits limits;
  private final FlowControl flow;
  private final Trail trail;
  private final InstantSource clock;

  public UpdateCarrier(
      Idempotency idempotency,
      Carriers carriers,
      FlowLimits limits,
      FlowControl flow,
      Trail trail,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.carriers = carriers;
    this.limits = limits;
    this.flow = flow;
    this.trail = trail;
    this.clock = clock;
  }

  /// The carrier as it is then. Throws a DomainException: RoleRequired, InvalidFields, NotFound,
  /// RequestIdReused.
  public CarrierView handle(Command command) {
    Rights.requireOperator(command.caller());
    check(command);
    Carrier carrier =
        carriers.all().stream()
            .filter(one -> one.id().value().equals(command.carrier()))
            .findFirst()
            .orElseThrow(() ->
                new DomainException(
                    new DomainError.NotFound(
                        DomainError.NotFound.Kind.CARRIER, command.carrier())));
    return idempotency.once(
        request(command),
        () -> set(carrier.id(), command),
        _ ->
            CarrierView.of(
                carrier, limits.carriers(), flow.standing(carrier.id()), clock.instant()));
  }

  private Map<String, String> set(CarrierId carrier, Command command) {
    CarrierLimits before = CarrierView.limitsOf(carrier, limits.carriers());
    limits.set(
        carrier,
        command.perSecond().orElse(before.rate().limitPerSecond()),
        command.window().orElse(before.window()),
        command.enabled().orElse(before.enabled()),
        command.caller().principal(),
        clock.instant());
    trail.note(
        command.caller(),
        METHOD,
        Subject.house("carrier " + carrier),
        fields(before),
        fields(CarrierView.limitsOf(carrier, limits.carriers())));
    return Map.of();
  }

  private static Map<String, String> fields(CarrierLimits limits) {
    return Map.of(
        "enabled", Boolean.toString(limits.enabled()),
        "rate_per_second", Double.toString(limits.rate().limitPerSecond()),
        "window", Integer.toString(limits.window()));
  }

  private static void check(Command command) {
    List<FieldViolation> violations = new ArrayList<>();
    command.perSecond().ifPresent(rate -> checkRate("carrier.rate_per_second", rate, violations));
    int window = command.window().orElse(0);
    if (window < 0 || window > LARGEST_WINDOW) {
      violations.add(new FieldViolation("carrier.window", "must be 0 to " + LARGEST_WINDOW));
    }
    InvalidFields.refuse(violations);
  }

  static void checkRate(String field, double rate, List<FieldViolation> violations) {
    if (!(rate >= 0 && rate <= HIGHEST_RATE)) {
      violations.add(new FieldViolation(field, "must be 0 to " + (long) HIGHEST_RATE));
    }
  }

  private static Idempotency.Request request(Command command) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        command.carrier(),
        command.perSecond().toString(),
        command.window().toString(),
        command.enabled().toString());
  }

  /// What is to be changed; what is empty stays as it is.
  ///
  /// @param requestId may be empty
  /// @param carrier its name
  /// @param perSecond 0 for no limit
  /// @param window 0 for the carrier's own
  public record Command(
      Caller caller,
      String requestId,
      String carrier,
      OptionalDouble perSecond,
      OptionalInt window,
      Optional<Boolean> enabled) {}
}
