package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.Caller;
import java.time.InstantSource;
import java.util.Map;

/// Makes a new tenant.
public final class CreateBusiness {
  private static final String METHOD = "CreateBusiness";

  private final Idempotency idempotency;
  private final Businesses businesses;
  private final Trail trail;
  private final InstantSource clock;

  public CreateBusiness(
      Idempotency idempotency, Businesses businesses, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.businesses = businesses;
    this.trail = trail;
    this.clock = clock;
  }

  /// The business, or the one that this request id made before. Throws a DomainException:
  /// RoleRequired, InvalidFields, RequestIdReused.
  public Business handle(Command command) {
    Rights.requireOperator(command.caller());
    BusinessFields.check(command.profile(), command.currency(), command.terms());
    return idempotency.once(
        request(command),
        () -> create(command),
        answer -> KnownBusinesses.remembered(businesses, answer));
  }

  private Map<String, String> create(Command command) {
    Business made =
        businesses.insert(command.profile(), command.currency(), command.terms(), clock.instant());
    trail.note(
        command.caller(), METHOD, Subject.business(made.id()), Map.of(), BusinessFields.of(made));
    return KnownBusinesses.remember(made.id());
  }

  private static Idempotency.Request request(Command command) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        command.profile().name(),
        command.profile().defaultRegion(),
        command.currency(),
        command.terms().toString());
  }

  /// What it shall be.
  ///
  /// @param requestId may be empty
  public record Command(
      Caller caller, String requestId, Profile profile, String currency, Terms terms) {}
}
