package dev.carillon.application.billing;

import dev.carillon.application.credentials.Refusals;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;

/// Who may change what about money.
final class Rights {
  private Rights() {}

  /// Throws RoleRequired or ScopeRequired unless the caller may do this.
  static void require(Caller caller, Permission permission) {
    Refusals.require(caller, permission);
  }

  /// Throws the same unless the caller may set prices: of its own business, or for everybody.
  static void requirePrices(Caller caller, boolean forEverybody) {
    require(caller, Permission.BILLING_WRITE);
    if (forEverybody && caller.role() != Role.OPERATOR) {
      throw new DomainException(new DomainError.RoleRequired(Role.OPERATOR.userType()));
    }
  }
}
