package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;

/// Shows a tenant.
public final class GetBusiness {
  private final Businesses businesses;

  public GetBusiness(Businesses businesses) {
    this.businesses = businesses;
  }

  /// The business as it is. Throws a DomainException: RoleRequired, NotFound.
  public Business handle(Query query) {
    Rights.requireOperator(query.caller());
    return KnownBusinesses.find(businesses, query.business());
  }

  /// Which one.
  public record Query(Caller caller, BusinessId business) {}
}
