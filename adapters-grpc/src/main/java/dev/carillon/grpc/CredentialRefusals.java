package dev.carillon.grpc;

import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;

/// What callers are told who are not who they say, or may not do what they ask for.
final class CredentialRefusals {
  private CredentialRefusals() {}

  static Refusal invalid(DomainError.InvalidCredentials invalid) {
    return Refusal.of(Code.UNAUTHENTICATED, "INVALID_CREDENTIALS", invalid.description());
  }

  static Refusal role(DomainError.RoleRequired required) {
    return Refusal.of(
            Code.PERMISSION_DENIED,
            "ROLE_REQUIRED",
            "this needs the user-type " + required.role().replace(", ", " or "))
        .fact("role", required.role());
  }

  static Refusal scope(DomainError.ScopeRequired lacking) {
    return Refusal.of(
            Code.PERMISSION_DENIED,
            "SCOPE_REQUIRED",
            "the scopes of the API key leave out " + lacking.scope())
        .fact("scope", lacking.scope());
  }

  static Refusal stopped(DomainError.BusinessStopped stopped) {
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "BUSINESS_STOPPED",
            "everything of this business is stopped; ask those who run the service")
        .precondition(
            "BUSINESS_STOPPED",
            Long.toString(stopped.business().value()),
            "nothing new is accepted until it is resumed");
  }
}
