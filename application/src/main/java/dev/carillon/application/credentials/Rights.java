package dev.carillon.application.credentials;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.util.stream.Collectors;

/// Refuses callers what they may not do, and tells what they lack.
public final class Rights {
  private Rights() {}

  /// Throws a DomainException unless the caller may do this: RoleRequired with all roles that may,
  /// or ScopeRequired where only its credential is bounded.
  public static void require(Caller caller, Permission permission) {
    if (!caller.role().permissions().contains(permission)) {
      throw new DomainException(new DomainError.RoleRequired(rolesHaving(permission)));
    }
    if (!caller.may(permission)) {
      throw new DomainException(new DomainError.ScopeRequired(permission));
    }
  }

  /// Throws RoleRequired unless the caller runs the service: the wall around what concerns every
  /// business.
  public static void requireOperator(Caller caller) {
    if (caller.role() != Role.OPERATOR) {
      throw new DomainException(new DomainError.RoleRequired(Role.OPERATOR.userType()));
    }
  }

  /// Throws the same as [#require] unless the caller may set prices: of its own business, or for
  /// everybody.
  public static void requirePrices(Caller caller, boolean forEverybody) {
    require(caller, Permission.BILLING_WRITE);
    if (forEverybody) {
      requireOperator(caller);
    }
  }

  private static String rolesHaving(Permission permission) {
    return Role.having(permission).stream().map(Role::userType).collect(Collectors.joining(", "));
  }
}
