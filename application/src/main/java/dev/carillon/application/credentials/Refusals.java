package dev.carillon.application.credentials;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.util.stream.Collectors;

/// Refuses callers what they may not do, and tells what they lack.
public final class Refusals {
  private Refusals() {}

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

  private static String rolesHaving(Permission permission) {
    return Role.having(permission).stream().map(Role::userType).collect(Collectors.joining(", "));
  }
}
