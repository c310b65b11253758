package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Caller;

/// Lists the tenants, by number.
public final class ListBusinesses {
  private final Businesses businesses;

  public ListBusinesses(Businesses businesses) {
    this.businesses = businesses;
  }

  /// A page of them. Throws a DomainException: RoleRequired.
  public Page<Business> handle(Query query) {
    Rights.requireOperator(query.caller());
    return businesses.list(query.stoppedOnly(), query.page());
  }

  /// Which ones.
  ///
  /// @param stoppedOnly leaves out those that work
  public record Query(Caller caller, boolean stoppedOnly, PageRequest page) {}
}
