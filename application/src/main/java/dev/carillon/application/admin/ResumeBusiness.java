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

/// Lets a stopped tenant go on where it was.
public final class ResumeBusiness {
  private static final String METHOD = "ResumeBusiness";

  private final Idempotency idempotency;
  private final Businesses businesses;
  private final Trail trail;
  private final InstantSource clock;

  public ResumeBusiness(
      Idempotency idempotency, Businesses businesses, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.businesses = businesses;
    this.trail = trail;
    this.clock = clock;
  }

  /// The business as it is then; one that works stays as it is. Throws a DomainException:
  /// RoleRequired, NotFound, RequestIdReused.
  public Business handle(Command command) {
    Rights.requireOperator(command.caller());
    return idempotency.once(
        Idempotency.Request.of(
            command.caller().scope(),
            METHOD,
            command.requestId(),
            Long.toString(command.business().value())),
        () -> resume(command),
        answer -> KnownBusinesses.remembered(businesses, answer));
  }

  private Map<String, String> resume(Command command) {
    Business before = KnownBusinesses.lock(businesses, command.business());
    if (before.stopped()) {
      Business after = before.resumed(clock.instant());
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

  /// Whom to resume.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, BusinessId business) {}
}
