package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import org.jspecify.annotations.Nullable;

/// Lists who changed what, the newest first: for an operator of everybody, for an administrator of
/// its own business and environment.
public final class ListAuditEntries {
  private final AuditTrail trail;

  public ListAuditEntries(AuditTrail trail) {
    this.trail = trail;
  }

  /// A page of it. Throws a DomainException: RoleRequired, ScopeRequired, NotFound (another's
  /// business).
  public Page<AuditEntry> handle(Query query) {
    Caller caller = query.caller();
    Rights.require(caller, Permission.KEYS);
    if (KeyHolders.isOperator(caller)) {
      return trail.list(query.business(), null, query.page());
    }
    BusinessId business = query.business();
    if (business != null) {
      KeyHolders.requireOwn(caller, business);
    }
    return trail.list(caller.scope().business(), caller.scope().environment(), query.page());
  }

  /// Whose.
  ///
  /// @param business null for all that the caller may see
  public record Query(Caller caller, @Nullable BusinessId business, PageRequest page) {}
}
