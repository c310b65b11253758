package dev.carillon.application.admin;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Changes what a tenant is called and what was agreed with it. Jobs that were accepted before keep
/// the terms that held then.
public final class UpdateBusiness {
  private static final String METHOD = "UpdateBusiness";

  private final Idempotency idempotency;
  private final Businesses businesses;
  private final Trail trail;
  private final InstantSource clock;

  public UpdateBusiness(
      Idempotency idempotency, Businesses businesses, Trail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.businesses = businesses;
    this.trail = trail;
    this.clock = clock;
  }

  /// The business as it is then. Throws a DomainException: RoleRequired, InvalidFields, NotFound,
  /// EtagMismatch, RequestIdReused.
  public Business handle(Command command) {
    Rights.requireOperator(command.caller());
    return idempotency.once(
        request(command),
        () -> update(command),
        answer -> KnownBusinesses.remembered(businesses, answer));
  }

  private Map<String, String> update(Command command) {
    Business before = KnownBusinesses.lock(businesses, command.business());
    refuseIfChanged(before, command.version());
    Business after = changed(before, command.changes());
    businesses.update(after);
    trail.note(
        command.caller(),
        METHOD,
        Subject.business(before.id()),
        BusinessFields.of(before),
        BusinessFields.of(after));
    return KnownBusinesses.remember(before.id());
  }

  private Business changed(Business before, Changes changes) {
    Profile profile = changes.profile(before.profile());
    Terms terms = changes.terms(before.terms());
    BusinessFields.check(profile, before.currency(), terms);
    return new Business(
        before.id(),
        profile,
        before.currency(),
        terms,
        before.stop(),
        before.createdAt(),
        clock.instant(),
        before.version() + 1);
  }

  private static void refuseIfChanged(Business business, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != business.version()) {
      throw new DomainException(
          new DomainError.EtagMismatch(
              DomainError.NotFound.Kind.BUSINESS, Long.toString(business.id().value())));
    }
  }

  private static Idempotency.Request request(Command command) {
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Long.toString(command.business().value()),
        command.version().toString(),
        command.changes().toString());
  }

  /// What to change of which business.
  ///
  /// @param requestId may be empty
  /// @param version the one that the caller saw; empty to change it however it stands
  public record Command(
      Caller caller,
      String requestId,
      BusinessId business,
      OptionalLong version,
      Changes changes) {}

  /// What is to change; what is empty stays as it is.
  ///
  /// @param lowBalance holds an empty one to be told no more
  /// @param jobsPerHour holds an empty one for what is configured; so do the other two
  public record Changes(
      Optional<String> name,
      Optional<String> defaultRegion,
      Optional<Boolean> refundsUndelivered,
      Optional<Boolean> chargesUnknown,
      Optional<Optional<Money>> lowBalance,
      Optional<OptionalInt> jobsPerHour,
      Optional<OptionalInt> requestsPerSecond,
      Optional<OptionalLong> recipientsPerDay) {

    Profile profile(Profile now) {
      return new Profile(name.orElse(now.name()), defaultRegion.orElse(now.defaultRegion()));
    }

    Terms terms(Terms now) {
      RefundPlan plan = now.refunds();
      QuotaLimits quotas = now.quotas();
      return new Terms(
          new RefundPlan(
              refundsUndelivered.orElse(plan.undelivered()),
              chargesUnknown.map(charged -> !charged).orElse(plan.lostAnswer())),
          new QuotaLimits(
              jobsPerHour.orElse(quotas.jobsPerHour()),
              requestsPerSecond.orElse(quotas.requestsPerSecond()),
              recipientsPerDay.orElse(quotas.recipientsPerDay())),
          lowBalance.orElse(Optional.ofNullable(now.lowBalance())).orElse(null));
    }
  }
}
