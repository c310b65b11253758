package dev.carillon.application.admin;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;

/// The wall around what concerns every tenant.
final class Operators {
  private Operators() {}

  /// Throws RoleRequired unless the caller runs the service.
  static void require(Caller caller) {
    if (caller.role() != Role.OPERATOR) {
      throw new DomainException(new DomainError.RoleRequired("operator"));
    }
  }
}
