package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import java.time.InstantSource;
import java.util.Map;

/// Stops everything of a tenant: within a second nothing of it is handed over any more, on any
/// node, and nothing new is accepted. Its jobs keep their status.
public final class StopBusiness {
  private static final String METHOD = "StopBusiness";

  private final Idempotency idempotency;
  private final Businesses businesses;
  private final Trail trail;
  private final InstantSource clock;

  public StopBusiness(
      Idempotency idempotency, Businesses businesses, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.businesses = businesses;
    this.trail = trail;
    this.clock = clock;
  }

  /// The business as it is then; one that is stopped already stays as it was stopped. Throws a
  /// DomainException: RoleRequired, InvalidFields, NotFound, RequestIdReused.
  public Business handle(Command command) {
    Rights.requireOperator(command.caller());
    StatedReason.require(command.reason());
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(),
            METHOD,
            command.requestId(),
            Long.toString(command.business().value()),
            command.reason()),
        () -> stop(command),
        answer -> KnownBusinesses.remembered(businesses, answer));
  }

  private Map<String, String> stop(Command command) {
    Business before = KnownBusinesses.lock(businesses, command.business());
    if (!before.stopped()) {
      Business after =
          before.stoppedBy(command.caller().principal(), command.reason(), clock.instant());
      businesses.update(after);
      trail.note(
          command.caller(),
          METHOD,
          Subject.business(before.id()),
          BusinessFields.of(before),
          BusinessFields.of(after));
    }
    return KnownBusinesses.remember(before.id());
  }

  /// Whom to stop and why.
  ///
  /// @param requestId may be empty
  /// @param reason 1 to 200 characters, for operators
  public record Command(Caller caller, String requestId, BusinessId business, String reason) {}
}
