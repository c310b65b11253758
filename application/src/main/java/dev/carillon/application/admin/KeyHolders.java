package dev.carillon.application.admin;

import dev.carillon.domain.business.ApiKey;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;

/// Whose keys a caller may handle: an operator everybody's, an administrator those of its own
/// business and environment.
final class KeyHolders {
  private KeyHolders() {}

  static boolean isOperator(Caller caller) {
    return caller.role() == Role.OPERATOR;
  }

  /// Keys of operators stand in the books of some business, too.
  static boolean mayHandle(Caller caller, ApiKey key) {
    return isOperator(caller) || (mayHandle(caller, key.scope()) && key.role() != Role.OPERATOR);
  }

  static boolean mayHandle(Caller caller, Scope scope) {
    return isOperator(caller) || caller.scope().equals(scope);
  }

  /// Throws NotFound for a business that is not the caller's, as for one that there is not.
  static void requireOwn(Caller caller, BusinessId business) {
    if (!isOperator(caller) && !caller.scope().business().equals(business)) {
      throw KnownBusinesses.notFound(business);
    }
  }
}
